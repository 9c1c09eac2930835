"""What is taken from Python before its memory is written down."""

import traceback

import pytest

from trimtab_bundler.node.freezing import strip


def divide(number: int) -> float:
    def inner() -> float:
        return 1 / number

    return inner()


def test_code_without_lines_runs_as_before_and_a_traceback_of_it_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = divide.__code__
    monkeypatch.setattr(divide, "__code__", strip(whole))
    assert divide(2) == 0.5
    assert [line for _, _, line in divide.__code__.co_lines() if line is not None] == []
    assert len(divide.__code__.co_linetable) < len(whole.co_linetable)
    with pytest.raises(ZeroDivisionError) as raised:
        divide(0)
    told = "".join(traceback.format_exception(raised.value))
    assert "line None, in divide" in told
    assert "line None, in inner" in told
