from trimtab.messages import Declaration
from trimtab_server.analyse.arrivals import Arrivals, Arrived
from trimtab_server.dashboard.balance import balance


def test_a_skew_of_one_month_says_which(declaration: Declaration) -> None:
    found = Arrivals((200, 900, 600), (170.0, 765.0, 765.0), 1e-9, Arrived.SKEWED, 20_760)

    assert balance(declaration, found).summary.endswith(" It is clearest in the 30 days from 3 Nov 2026 on.")


def test_a_month_that_chance_explains_is_not_told(declaration: Declaration) -> None:
    found = Arrivals((200, 900, 890), (199.0, 895.5, 895.5), 0.5, Arrived.AS_DECLARED, 20_760)

    assert balance(declaration, found).summary == "Each arm has about as many as the policy’s draw gives it."
