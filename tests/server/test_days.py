from datetime import date

import pytest

from trimtab_server import days


def test_a_day_is_named_by_the_utc_calendar() -> None:
    assert days.as_date(0) == date(1970, 1, 1)
    assert days.as_date(20_780) == date(2026, 11, 23)


def test_today_changes_at_midnight_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = 20_780 * 86_400
    monkeypatch.setattr("time.time", lambda: midnight - 0.001)
    assert days.utc_day() == 20_779
    monkeypatch.setattr("time.time", lambda: midnight)
    assert days.utc_day() == 20_780
