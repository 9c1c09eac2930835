"""The whole server on one screen: what is opened, which address leads where, what is closed."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from trimtab.errors import TrimtabError
from trimtab_server.collect.endpoint import report_routes
from trimtab_server.collect.failures import http_failure
from trimtab_server.dashboard.endpoint import dashboard_routes
from trimtab_server.days import utc_day
from trimtab_server.packs.endpoint import pack_routes
from trimtab_server.packs.shelf import Shelf
from trimtab_server.settings import Settings
from trimtab_server.store.keeping import Store


def create_app(settings: Settings, today: Callable[[], int] = utc_day) -> Starlette:
    """The ASGI application. Raises StoreError or PackError if data or packs cannot be used."""
    store = Store(settings.data)
    try:
        shelf = Shelf(settings.packs, store, today)
    except TrimtabError:
        store.close()
        raise
    refused: Counter[str] = Counter()

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "refused": dict(refused)})

    async def to_dashboard(_request: Request) -> RedirectResponse:
        return RedirectResponse("/sites/")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    app = Starlette(
        routes=[
            Route("/healthz", health),
            *dashboard_routes(store.archive, today),
            *report_routes(store, today, refused),
            *pack_routes(shelf, settings.pages),
            Route("/", to_dashboard),
        ],
        middleware=[Middleware(NoticeRebuilds, shelf=shelf)],
        exception_handlers={HTTPException: http_failure},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # an unknown address is told as such, and not sent on to another unknown one
    return app


class NoticeRebuilds:
    """Looks before each request whether a pack was rebuilt, so that its policy is known before its reports come."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            await self.shelf.refresh()
        await self.app(scope, receive, send)
