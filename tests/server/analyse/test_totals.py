from trimtab.messages import Arm, Declaration, Named
from trimtab_server.analyse.totals import count_reports
from trimtab_server.store.counting import Count


def test_told_answers_are_divided_by_how_many_a_report_tells() -> None:
    questions = (Named("one", ("none", "yes")), Named("three", tuple("abcdefghijkl"), 3))
    declaration = Declaration("news", "00" * 8, (8, 1), (), (), (Arm("", "holdout"),), questions, ())
    counts = [
        Count(0, 0, 7, 0, 2),
        Count(0, 0, 7, 1, 5),
        Count(0, 1, 8, 1, 1),
        *(Count(1, 0, 7, n, 2) for n in range(6)),
    ]

    assert count_reports(declaration, counts) == {(0, 0, 7): 7, (0, 1, 8): 1, (1, 0, 7): 4}
