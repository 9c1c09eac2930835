from trimtab.messages import log_entry, read_consent
from trimtab.values import Consent, Decision, Reason, SegmentChange, Verdict


def test_a_segment_change_is_logged_with_its_words() -> None:
    change = SegmentChange("skimmer", True, 2100.0, "scroll speed 900 px/s > 600 for 2.0 s", 1 / 3)

    assert log_entry(change, []) == {
        "t_ms": 2100.0,
        "segment": "skimmer",
        "entered": True,
        "because": "scroll speed 900 px/s > 600 for 2.0 s",
        "strength": 0.333333,
    }


def test_a_decision_is_logged_with_its_reason_and_its_end() -> None:
    decision = Decision(1, Verdict.HELD, Reason.DEBOUNCE, 100.0, 400.0, "skimmer: clicks", 0.25)

    assert log_entry(decision, ["first", "second"]) == {
        "t_ms": 100.0,
        "adjustment": "second",
        "decision": "held",
        "reason": "debounce",
        "until_ms": 400.0,
        "because": "skimmer: clicks",
        "strength": 0.25,
    }


def test_what_a_decision_does_not_have_is_not_logged() -> None:
    decision = Decision(0, Verdict.UNDONE, Reason.RULE_ENDED, 100.0)

    assert log_entry(decision, ["first"]) == {
        "t_ms": 100.0, "adjustment": "first", "decision": "undone", "reason": "rule-ended"
    }  # fmt: skip


# Consent


def test_only_a_plain_true_permits_anything() -> None:
    assert read_consent({"observe": True, "adapt": 1, "remember": "true", "share": None}) == Consent(observe=True)
    assert read_consent({}) == Consent()
    assert read_consent(dict.fromkeys(("observe", "adapt", "remember", "share"), True)) == Consent(
        True, True, True, True
    )


# Reports
