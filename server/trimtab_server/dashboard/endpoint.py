"""GET /sites/ and /sites/{site}: the dashboard, as plain HTML that needs no script and nothing from elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from trimtab_server.dashboard.page import SitePage, site_page
from trimtab_server.store.reading import Archive

FOLDER: Final = Path(__file__).parent
HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
STATIC: Final = {"dashboard.css": "text/css", "icon.svg": "image/svg+xml"}

templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def dashboard_routes(archive: Archive, today: Callable[[], int]) -> list[Route]:
    """Routes of the dashboard. The handlers are plain functions: Starlette runs them beside the event loop."""

    def sites(_request: Request) -> Response:
        return render("sites.html.j2", pages=[page for site in archive.sites() if (page := page_of(site, ""))])

    def site(request: Request) -> Response:
        name = request.path_params["site"]
        page = page_of(name, request.query_params.get("policy", ""))
        if page is None:
            return render("missing.html.j2", status=404, site=name)
        return render("site.html.j2", page=page)

    def page_of(name: str, policy_hash: str) -> SitePage | None:
        chosen = archive.chosen(name, policy_hash)
        return site_page(archive.policies(name), chosen, archive.counts(chosen), today()) if chosen else None

    return [
        *(Route(f"/sites/{name}", static(name, kind)) for name, kind in STATIC.items()),
        Route("/sites", lambda _request: RedirectResponse("/sites/")),
        Route("/sites/", sites),
        Route("/sites/{site}", site),
        Route("/sites/{site}/", site),
    ]


def static(name: str, media_type: str) -> Callable[[Request], Response]:
    """Serves one file of the dashboard itself."""
    path = FOLDER / "static" / name
    headers = {"cache-control": "no-cache", "x-content-type-options": "nosniff"}
    return lambda _request: FileResponse(path, media_type=media_type, headers=headers)


def render(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page with the headers that keep everything foreign out."""
    return HTMLResponse(templates.get_template(template).render(values), status_code=status, headers=HEADERS)
