"""POST /{site}/report: one noised answer from one device, counted exactly once."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from trimtab.errors import ReportError
from trimtab.messages import unpack_report
from trimtab_server.collect.body import read_report_body
from trimtab_server.collect.checks import check_report, day_out_of_range, unknown_policy
from trimtab_server.collect.failures import OPEN_HEADERS, refusal
from trimtab_server.store.counting import DAYS_AHEAD, DAYS_BACK, Added
from trimtab_server.store.keeping import Store

log = logging.getLogger(__name__)

PREFLIGHT = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "86400",
}
"""Our own tag sends a simple request and never asks; this is for clients that set a content type."""


def report_routes(store: Store, today: Callable[[], int], refused: Counter[str]) -> list[Route]:
    """The report's route. `refused` counts refusals by code, in memory only, for /healthz."""

    async def report(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**OPEN_HEADERS, **PREFLIGHT})
        try:
            added = await take_report(request, store, today())
        except ReportError as error:
            refused[error.code] += 1
            return refusal(error)
        if added is Added.REPEAT:
            return JSONResponse({"status": "repeat"}, headers=dict(OPEN_HEADERS))
        return JSONResponse({"status": "counted"}, status_code=202, headers=dict(OPEN_HEADERS))

    return [Route("/{site}/report", report, methods=["POST", "OPTIONS"])]


async def take_report(request: Request, store: Store, today: int) -> Added:
    """Reads, checks and adds one report. Raises ReportError, and nothing was stored then."""
    report = unpack_report(await read_report_body(request))
    site, policy_hash = request.path_params["site"], report.policy.hex()
    policy = await store.find(site, policy_hash)
    if policy is None:
        raise unknown_policy(site, policy_hash)
    told = check_report(report, policy.declaration, today)
    try:
        added = await store.add(policy, report, told, today)
    except sqlite3.Error as error:
        log.error("report not stored: %s", error)
        mend = "look at the server's log; the disk may be full"
        raise ReportError("store_failed", "the report could not be stored", mend=mend) from None
    if added is Added.TOO_OLD:
        raise day_out_of_range(report.day, today - DAYS_BACK + 1, today + DAYS_AHEAD)
    return added
