import pytest

from trimtab.privacy.mechanisms import SubsetSelection
from trimtab_server.analyse.differences import Difference, measure, settle
from trimtab_server.analyse.estimates import answer_share
from trimtab_server.analyse.intervals import Interval
from trimtab_server.analyse.returning import Again
from trimtab_server.dashboard.units import Shares
from trimtab_server.dashboard.views import other_views, reservation, sureness
from trimtab_server.dashboard.words import lift_span

YES_NO = SubsetSelection(2, 1, 8, 1)


def compared(first: list[int], second: list[int], further: float = 0.0) -> Difference:
    one, two = (answer_share(YES_NO, counts, 1) for counts in (first, second))
    return settle([measure(one, two, (Again(worst=further),) * 2)])[0]


def test_every_view_of_a_clear_difference_is_in_words() -> None:
    views = other_views(compared([320, 680], [400, 600]), Shares(0))

    # Shares 73 and 63 of 100 visitors; one look, in points: 10.3 +- 5.4.
    assert views.single == "+5 to +16"
    assert views.relative == "+2% to +32%"
    assert views.belief == "+5 to +15"
    assert views.sure == "over 99% that it is higher"
    assert views.returning == "+2 to +19"
    assert views.lies == "100 move it 7.9 points at most"
    assert views.undone == "20 undo the verdict"


def test_what_cannot_be_told_is_told_so() -> None:
    views = other_views(compared([900, 100], [905, 95]), Shares(0))

    assert (views.relative, views.belief, views.sure) == ("the second may be 0 or less", "nothing to go by", "")
    assert views.undone == ""


def test_a_verdict_says_what_it_takes_for_granted_and_what_alone_stands_in_its_way() -> None:
    clear, alike = compared([440, 560], [540, 460]), compared([500, 500], [505, 495])

    assert reservation(clear) == ""
    assert reservation(compared([440, 560], [540, 460], 9.0)) == "if few visitors return"
    assert reservation(settle([clear, *[alike] * 50])[0]) == "clear alone, not as one of 51"
    assert reservation(alike) == ""


@pytest.mark.parametrize(("chance", "text"), [(1.0, "over 99%"), (0.0, "under 1%"), (0.842, "84%")])
def test_nobody_is_ever_quite_sure(chance: float, text: str) -> None:
    assert sureness(chance) == text


def test_a_lift_of_more_than_ten_is_not_told_apart_and_none_is_below_all() -> None:
    assert lift_span(Interval(-1.0, 0.3)) == "\u2212100% to +30%"
    assert lift_span(Interval(2.0, 99.0)) == "+200% to +1,000% or more"
