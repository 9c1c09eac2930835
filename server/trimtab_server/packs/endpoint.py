"""GET /{site}/{file}: the files of a pack, compressed as the client can read them."""

import asyncio
import os
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from trimtab_server.packs.encodings import IDENTITY, choose_encoding
from trimtab_server.packs.manifest import SUFFIXES, PackFile
from trimtab_server.packs.shelf import Shelf

IMMUTABLE: Final = "public, max-age=31536000, immutable"
STABLE: Final = "public, max-age=300"
"""For names that stay while their content changes (trimtab.js): a new build reaches every page within 5 minutes."""


def pack_routes(shelf: Shelf, pages: Path | None) -> list[Route]:
    """Routes for packs, and for the static pages beside them if there are any: same origin, packs first."""
    static = StaticFiles(directory=pages, html=True) if pages is not None else None

    async def serve(request: Request) -> Response:
        pack = shelf.packs.get(request.path_params["site"])
        file = pack.files.get(request.path_params["path"]) if pack else None
        if pack and file and (response := await respond(request, pack.folder, file)):
            return response
        return await serve_page(request)

    async def serve_page(request: Request) -> Response:
        if static is None:
            raise HTTPException(404)
        response = await static.get_response(static.get_path(request.scope), request.scope)
        response.headers["cache-control"] = "no-cache"
        return response

    beside = [Route("/{path:path}", serve_page)] if static else []
    return [Route("/{site}/{path:path}", serve), *beside]


async def respond(request: Request, folder: Path, file: PackFile) -> Response | None:
    """The best twin of a listed file that the client reads and that still lies there; None if all are gone."""
    accepted = ",".join(request.headers.getlist("accept-encoding"))
    wanted = choose_encoding(accepted, file.encodings)
    for encoding in dict.fromkeys((wanted, IDENTITY)):
        path = folder / (file.path + SUFFIXES.get(encoding, ""))
        try:
            status = await asyncio.to_thread(os.stat, path)
        except OSError:
            continue
        headers = describe(file, encoding)
        if is_fresh(request.headers.get("if-none-match", ""), headers["etag"]):
            del headers["content-type"]
            return Response(status_code=304, headers=headers)
        return FileResponse(path, headers=headers, media_type=file.type, stat_result=status)
    return None


def describe(file: PackFile, encoding: str) -> dict[str, str]:
    """Headers of a file in one encoding. Open to every origin: a pack holds nothing that is not public."""
    headers = {
        "access-control-allow-origin": "*",
        "cache-control": IMMUTABLE if file.immutable else STABLE,
        "content-type": file.type,
        "cross-origin-resource-policy": "cross-origin",
        "etag": f'"{file.sri}{"-" + encoding if encoding else ""}"',
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",  # a worker's imports would tell where it lies
    }
    return headers | ({"content-encoding": encoding} if encoding else {})


def is_fresh(if_none_match: str, etag: str) -> bool:
    """Whether the client has this very version already (RFC 9110, 13.1.2: compared weakly)."""
    given = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in given or given == ["*"]
