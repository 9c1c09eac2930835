"""`trimtab serve PACK... --data DIR`: one server process, until it is told to stop."""

import argparse
import errno
import signal
import socket
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette

from trimtab_server.app import create_app
from trimtab_server.settings import DEFAULT_HOST, DEFAULT_PORT, Settings, SettingsError

SUMMARY: Final = "serve packs, collect reports and show what they tell"

GRACE_S: Final = 5
"""After a signal, requests under way have this long to end."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("packs", nargs="+", type=Path, metavar="PACK", help="a folder that `trimtab build` wrote")
    parser.add_argument(
        "--data", required=True, type=Path, metavar="DIR", help="where counts are kept; made if missing"
    )
    parser.add_argument("--pages", type=Path, metavar="DIR", help="a folder of static pages to serve at / (for demos)")
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", default=DEFAULT_PORT, type=int, help="0 takes any free port (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Serves until SIGTERM or SIGINT, then lets requests end and returns 0. Raises TrimtabError if it cannot start."""
    settings = Settings(tuple(args.packs), args.data, args.host, args.port, args.pages)
    listener = listen(settings.host, settings.port)
    with listener:
        app = create_app(settings)
        print(address(listener, settings.host), flush=True)
        serve(app, listener)
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError if the address is taken or not this machine's."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise SettingsError(f"--host {host}: {error.strerror}; give an address of this machine") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(socket.SOMAXCONN)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"port {port} of {host} is in use; give another --port, or 0 for any free one"
            ) from None
        raise SettingsError(
            f"cannot listen at {host}:{port} ({error.strerror}); give another --host or --port"
        ) from None
    return listener


def address(listener: socket.socket, host: str) -> str:
    """Where a browser finds the server, with the port that it really has."""
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def configured(app: Starlette) -> uvicorn.Config:
    """How uvicorn runs the app: it writes down nothing about anybody."""
    return uvicorn.Config(
        app,
        access_log=False,  # an access log is a list of who was when where
        log_level="warning",
        ws="none",
        proxy_headers=False,  # the sender's address is not wanted, not even corrected
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


def serve(app: Starlette, listener: socket.socket) -> None:
    """Runs the server on a socket until a signal comes."""
    # Uvicorn ends in order and then raises the signal again, for the handlers that were there before: these.
    before = {number: signal.signal(number, _already_stopped) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        uvicorn.Server(configured(app)).run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _already_stopped(_number: int, _frame: object) -> None:
    """The server has ended because of this signal; nothing is left to do."""
