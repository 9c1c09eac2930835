"""A recorded visit is decided alike, to the byte, by replay in CPython and by the worker's entry in Pyodide."""

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.pyodide.staging import MESSAGES, ROOT, Machine
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import NAMED
from trimtab.policy import POLICY_MODULE, Policy
from trimtab.values import Event
from trimtab.visitors.replay import replay, showing_arm
from trimtab.visitors.trace import read_trace

TRACES = sorted((ROOT / "tests" / "cases" / "traces").glob("*.jsonl"))
FRAME_MS = 100
CONSENT = {"observe": True, "adapt": True, "remember": True, "share": False}


def site_of(trace: Path) -> Path:
    """The policy that a trace was recorded for, by the first word of its name."""
    return ROOT / "demo_site" / trace.name.partition("-")[0] / "policy.py"


def rows_of(events: Sequence[Event], names: list[str]) -> list[float]:
    """The rows that the page would send for these events; names stand for their numbers."""
    rows: list[float] = []
    for event in events:
        a = float(names.index(event.name)) if event.kind in NAMED else event.a
        rows += [float(event.kind), event.t_ms, float(event.target), a, event.b, event.c]
    return rows


def batches_of(events: Sequence[Event], names: list[str]) -> Iterator[dict[str, Any]]:
    """A batch for each frame in which something happened."""
    for _, frame in groupby(events, key=lambda event: event.t_ms // FRAME_MS):
        batch = list(frame)
        yield {"rows": rows_of(batch, names), "now_ms": batch[-1].t_ms}


def visit_of(trace: Path, policy: Policy, source: bytes, folder: str) -> dict[str, Any]:
    """What visits.mjs plays."""
    events = list(read_trace(trace, [target.name for target in policy.targets]))
    names = sorted({event.name for event in events if event.name})
    return {
        "policy": folder,
        "config": {"declaration": policy.declaration(policy_hash(policy, source)).to_json()},
        "options": {"consent": CONSENT, "seed": "replay", "arm": showing_arm(policy), "day": 20_780},
        "names": list(enumerate(names)),
        "batches": list(batches_of(events, names)),
    }


def test_the_log_of_a_visit_is_the_same_in_pyodide_byte_for_byte(machine: Machine, tmp_path: Path) -> None:
    expected, visits = [], []
    policies = tmp_path / "policies"
    for trace in TRACES:
        path = site_of(trace)
        policy, source = load_policy(path), path.read_bytes()
        (policies / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, policies / path.parent.name / f"{POLICY_MODULE}.py")
        expected.append([json.dumps(line) for line in replay(policy, source, trace, showing_arm(policy))])
        visits.append(visit_of(trace, policy, source, f"/policies/{path.parent.name}"))

    answers = machine.run(
        "visits.mjs",
        {"visits": visits},
        distributions=MESSAGES,
        mounts={"/policies": policies, "/repo/agent": ROOT / "agent"},
    )
    logs = [[json.dumps(line) for answer in texts for line in json.loads(answer)["log"]] for texts in answers]

    assert logs == expected
    assert sum(map(len, logs)) > len(TRACES)
    assert {json.loads(texts[-1])["errors"] for texts in answers} == {0}
    assert {json.loads(texts[-1])["refused"] for texts in answers} == {0}
