"""Reading a request's body without ever holding more of it than a report has."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

from trimtab.errors import ReportError
from trimtab.messages import REPORT_BYTES

DEADLINE_S: Final = 10.0
"""128 bytes fit into the first packet; whoever takes longer holds a connection for nothing."""

MEND: Final = f"send exactly {REPORT_BYTES} bytes, the sealed report, as the body"


async def read_report_body(request: Request, deadline_s: float = DEADLINE_S) -> bytes:
    """At most REPORT_BYTES bytes of body. Raises ReportError: too_long as soon as it is known, too_slow, malformed."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > len(str(REPORT_BYTES)) or int(announced) > REPORT_BYTES):
        raise ReportError("too_long", f"more than {REPORT_BYTES} bytes announced", mend=MEND)
    body = bytearray()
    try:
        async with asyncio.timeout(deadline_s):
            async for chunk in request.stream():
                if len(body) + len(chunk) > REPORT_BYTES:
                    raise ReportError("too_long", f"more than {REPORT_BYTES} bytes", mend=MEND)
                body += chunk
    except TimeoutError:
        raise ReportError("too_slow", f"no whole body within {deadline_s:g} s", mend=MEND) from None
    except ClientDisconnect:
        raise ReportError("malformed", "the connection ended before the body did", mend=MEND) from None
    return bytes(body)
