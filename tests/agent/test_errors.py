from trimtab.errors import PolicyError, ReportError, StateError, TraceError, TrimtabError, Unknown


def test_a_policy_error_says_where_what_and_how_to_mend() -> None:
    error = PolicyError("cooldown is 0 s", mend="use 1 s or more", file="policy.py", line=14)

    assert str(error) == "policy.py:14: cooldown is 0 s; use 1 s or more"
    assert (error.file, error.line, error.what, error.mend) == ("policy.py", 14, "cooldown is 0 s", "use 1 s or more")


def test_a_policy_error_without_a_line_names_the_file_alone() -> None:
    assert str(PolicyError("no policy", mend="make one", file="policy.py")) == "policy.py: no policy; make one"
    assert str(PolicyError("no policy", mend="make one")) == "no policy; make one"


def test_a_report_error_has_a_word_for_machines_and_a_line_for_people() -> None:
    error = ReportError("too_long", "129 bytes", mend="send 128")

    assert (error.code, error.what, error.mend, str(error)) == (
        "too_long",
        "129 bytes",
        "send 128",
        "129 bytes; send 128",
    )


def test_a_trace_error_names_its_line() -> None:
    error = TraceError("the line is not JSON", mend="correct the line", file="visit.jsonl", line=3)

    assert (error.line, str(error)) == (3, "visit.jsonl:3: the line is not JSON; correct the line")


def test_a_state_error_says_what_to_do_with_the_state() -> None:
    error = StateError("the saved state has v 2, and this visit has 1")

    assert str(error) == "the saved state has v 2, and this visit has 1; forget it, and let the visit begin anew"
    assert (error.what, isinstance(error, TrimtabError)) == ("the saved state has v 2, and this visit has 1", True)


def test_an_unknown_number_is_no_mistake_of_anybody() -> None:
    unknown = Unknown("scroll speed", "the page has not been measured")

    assert not isinstance(unknown, TrimtabError)
    assert str(unknown) == "scroll speed is not known yet: the page has not been measured"
