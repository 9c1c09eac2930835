import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.agent.making import load, mistake_in
from trimtab import Policy
from trimtab.errors import PolicyError
from trimtab.loading import load_policy, policy_file, reads_pointer, reads_texts
from trimtab.policy import POLICY_MODULE, find_policy

MINIMAL = 'from trimtab import Policy\nsite = Policy("my-site")\n'


@pytest.fixture(autouse=True)
def _imports_as_before() -> Iterator[None]:
    modules, path = dict(sys.modules), list(sys.path)
    yield
    for name in set(sys.modules) - set(modules):
        del sys.modules[name]
    sys.path[:] = path


def test_the_policy_of_a_file_is_loaded(tmp_path: Path) -> None:
    assert load(tmp_path, MINIMAL).name == "my-site"


def test_a_site_s_folder_stands_for_the_policy_in_it(tmp_path: Path) -> None:
    (tmp_path / "policy.py").write_text(MINIMAL)

    assert policy_file(str(tmp_path)) == policy_file(str(tmp_path / "policy.py")) == tmp_path / "policy.py"


@pytest.mark.parametrize(
    ("rule", "reads"),
    [
        ("v.reading(story).words_per_minute > 300", True),
        ('getattr(v, "read" + "ing")(story).rereads > 1', True),
        ("v.scroll.depth > 0.5  # whatever v.reading says", False),
    ],
)
def test_who_could_ask_how_a_text_is_read_is_known_by_the_words_of_the_code(rule: str, reads: bool) -> None:
    assert reads_texts(f"def skims(v):\n    return {rule}\n".encode()) == reads


def test_a_policy_is_loaded_anew_each_time(tmp_path: Path) -> None:
    first = load(tmp_path, MINIMAL)

    assert load(tmp_path, MINIMAL) is not first
    assert load(tmp_path, MINIMAL.replace("my-site", "your-site")).name == "your-site"


def test_a_policy_is_the_module_that_the_device_imports(tmp_path: Path) -> None:
    load(tmp_path, MINIMAL + "where = __name__\n")

    assert sys.modules[POLICY_MODULE].where == "trimtab_policy"


def test_a_file_of_any_encoding_that_python_reads_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_bytes("# -*- coding: latin-1 -*-\n# é\n".encode("latin-1") + MINIMAL.encode())

    assert load_policy(path).name == "my-site"


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("site = (\n", "SyntaxError: '(' was never closed", 1),
        ("x = 1\nif x\n    pass\n", "SyntaxError: expected ':'", 2),
        ("x = 1\n  y = 2\n", "IndentationError: unexpected indent", 2),
        ("x = 1\0", "SyntaxError: source code string cannot contain null bytes", 0),
        ("x = 1\nx.y\n", "AttributeError: 'int' object has no attribute 'y'", 2),
        ("def f():\n    return 1 / 0\n\nf()\n", "ZeroDivisionError: division by zero", 2),
        ("from trimtab import seconds\nx = seconds\ny = x() \n", "TypeError: seconds() missing 1 required", 3),
        ("\nfrom trimtab import nobody\n", "ImportError: cannot import name 'nobody' from 'trimtab'", 2),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3", 2),
        ("raise ValueError('one\\n  two')\n", "ValueError: one two", 1),
        ("raise ValueError\n", "ValueError", 1),
        ("import json\njson.loads('{')\n", "JSONDecodeError: Expecting property name", 2),
        ("def f(n):\n    f(n + 1)\n\nf(0)\n", "RecursionError: maximum recursion depth exceeded", 2),
    ],
    ids=lambda value: value if isinstance(value, str) and ":" in value else None,
)
def test_what_goes_wrong_in_a_policy_is_told_with_its_line(source: str, what: str, line: int, tmp_path: Path) -> None:
    mistake = mistake_in(tmp_path, source)

    assert mistake.what.startswith(what)
    assert (mistake.file, mistake.line, mistake.mend) == ("policy.py", line, "correct the line")
    assert "\n" not in str(mistake)


@pytest.mark.parametrize(
    ("call", "what", "mend"),
    [
        ("swap()", "swap() missing 1 required", "write adjust.swap(variant: str)"),
        ("swap('a', 'b')", "swap() takes 1 positional", "write adjust.swap(variant: str)"),
        ("text(word='a')", "text() got an unexpected keyword", "write adjust.text(words: str)"),
    ],
)
def test_an_adjustment_with_other_arguments_is_told_with_its_own(
    call: str, what: str, mend: str, tmp_path: Path
) -> None:
    mistake = mistake_in(tmp_path, f"from trimtab import adjust\nadjust.{call}\n")

    assert mistake.what.startswith(f"TypeError: {what}")
    assert (mistake.line, mistake.mend) == (2, mend)


def test_a_mistake_in_a_module_that_the_policy_imports_is_told_at_the_import(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("if x\n")
    sys.path.insert(0, str(tmp_path))
    mistake = mistake_in(tmp_path, MINIMAL + "import beside\n")

    assert (mistake.file, mistake.line) == ("policy.py", 3)
    assert mistake.what.startswith("SyntaxError: expected ':'")


def test_a_module_without_a_policy_says_how_to_make_one(tmp_path: Path) -> None:
    mistake = mistake_in(tmp_path, "x = 1\n")

    assert str(mistake) == 'policy.py: 0 policies in the module; make one: name = Policy("my-site")'


def test_a_module_with_two_policies_says_so(tmp_path: Path) -> None:
    mistake = mistake_in(tmp_path, MINIMAL + 'more = Policy("more")\n')

    assert mistake.what == "2 policies in the module"


def test_a_policy_under_two_names_is_one(tmp_path: Path) -> None:
    assert load(tmp_path, MINIMAL + "also = site\n").name == "my-site"


@pytest.mark.parametrize(("name", "why"), [("missing.py", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_says_why(name: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with pytest.raises(PolicyError) as caught:
        load_policy(path)

    assert (caught.value.file, caught.value.what) == (str(path), f"cannot be read ({why})")


def test_a_module_without_a_file_can_hold_a_policy() -> None:
    module = ModuleType("inline")
    module.__dict__["site"] = Policy("inline")

    assert find_policy(module).name == "inline"
    with pytest.raises(PolicyError, match=r"policy\.py: 0 policies"):
        find_policy(ModuleType("empty"))


def test_a_question_is_tried_on_visits_in_which_something_happened(tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(
        "from trimtab import Policy\n"
        'site = Policy("site")\n'
        'done = site.goal("done")\n'
        '@site.question(answers=("none", "yes"))\n'
        "def reached(outcome):\n"
        '    return "yess" if outcome.reached(done) else "none"\n'
    )

    with pytest.raises(PolicyError, match="question 'reached' answers 'yess'"):
        load_policy(path)


SEEN = """
help = site.target("help", "#help")

@site.segment(enter_after=seconds(1), leave_after=seconds(1))
def seen(v):
    return {}
"""
OF_THE_POINTER = [
    "v.pointer.speed_px_s > 100",
    "v.approach(help).hesitation_s > 2",
    "v.paused(help, seconds(1))",
    "v.hover(help).count > 1",
    "v.frustration.rage_clicks > 0",
    'getattr(v, "poin" + "ter").flips > 1',
]


@pytest.mark.parametrize("rule", OF_THE_POINTER)
def test_a_rule_of_the_pointer_is_known_by_its_words(tmp_path: Path, rule: str) -> None:
    source = MINIMAL.replace("Policy\n", "Policy, seconds\n") + SEEN.format(rule)

    assert reads_pointer(load(tmp_path, source), source.encode())


def test_a_question_about_places_reads_the_pointer(tmp_path: Path) -> None:
    source = MINIMAL + "site.ask_cell()\n"

    assert reads_pointer(load(tmp_path, source), source.encode())


def test_a_rule_that_only_speaks_of_the_pointer_does_not_read_it(tmp_path: Path) -> None:
    rule = "v.scroll.depth > 0.5  # whatever v.pointer does"
    source = MINIMAL.replace("Policy\n", "Policy, seconds\n") + SEEN.format(rule)

    assert not reads_pointer(load(tmp_path, source), source.encode())
