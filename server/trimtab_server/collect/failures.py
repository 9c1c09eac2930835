"""The one shape of every refusal: {"error": {"code", "what", "mend"}}. Codes are stable words for machines."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from trimtab.errors import ReportError

OPEN_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "access-control-allow-origin": "*",
        "cache-control": "no-store",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
    }
)
"""Any site may post a report and read what became of it: the answer depends on the report alone."""

STATUSES: Final[Mapping[str, HTTPStatus]] = MappingProxyType(
    {
        "too_long": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_slow": HTTPStatus.REQUEST_TIMEOUT,
        "malformed": HTTPStatus.BAD_REQUEST,
        "unknown_version": HTTPStatus.BAD_REQUEST,
        "unknown_policy": HTTPStatus.UNPROCESSABLE_ENTITY,
        "unknown_question": HTTPStatus.UNPROCESSABLE_ENTITY,
        "unknown_arm": HTTPStatus.UNPROCESSABLE_ENTITY,
        "impossible_answer": HTTPStatus.UNPROCESSABLE_ENTITY,
        "day_out_of_range": HTTPStatus.UNPROCESSABLE_ENTITY,
        "store_failed": HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""Every code that a report can be refused with."""


def refusal(error: ReportError) -> JSONResponse:
    """The answer to a report that is not counted."""
    status = STATUSES[error.code]
    response = failure(status, error.code, error.what, error.mend)
    if error.code in ("too_long", "too_slow"):
        # The rest of the body will not be read, so the connection is of no further use.
        response.headers["connection"] = "close"
    return response


def failure(status: int, code: str, what: str, mend: str) -> JSONResponse:
    """The error shape with a status."""
    body = {"error": {"code": code, "what": what, "mend": mend}}
    return JSONResponse(body, status_code=status, headers=dict(OPEN_HEADERS))


def http_failure(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's own refusals (no such page, wrong method) in the same shape."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    mend = "GET /sites/ lists the sites of this server; POST /{site}/report takes reports"
    response = failure(error.status_code, phrase.lower().replace(" ", "_"), phrase, mend)
    response.headers.update(error.headers or {})
    return response
