"""Devices that report several times: how often, at worst. What that does to an interval is in `quantities`.

Nothing tells the reports of one device apart, and that is on purpose. A device is asked about one (question,
experiment) pair once in thirty days. What an arm counts is about one pair, so within a month each of its reports is
another visitor's, and an interval takes them for that. The holdout counts a question's reports about all experiments in
one: of these a month holds as many of one device as there are experiments, and its intervals allow for the worst. In a
longer time every count holds several reports of a device, and one visitor's answers are alike.

An interval for one look allows for the worst of that too: where all devices are asked again after a month, and answer
alike, one that does not holds 84 of 100 truths on day 60 at a/b = 55. A verdict does not allow for it: in 60 days of
such looks chance alone is still called a difference on less than one site of twenty (server/PROMISES.md), as the
boundary has that much to spare. What a longer time may do to it the column "if visitors return" shows.
"""

import math

from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_MONTH


def most_reports(days: int, pairs: int = REPORTS_A_MONTH) -> int:
    """How many reports a device can make in so many days about so many pairs of a question and an experiment."""
    return min(days, min(pairs, REPORTS_A_MONTH) * math.ceil(days / MONTH_DAYS))


def further_reports(days: int, experiments: int = 1) -> int:
    """g at worst: every device is asked the same again as soon as it may be, all `days` long.

    `experiments`: how many are counted together: one in an arm of it, all of the policy's in the holdout.
    """
    return max(0, most_reports(days, experiments) - 1)


def further_in_month(days: int, experiments: int) -> int:
    """The same within one month."""
    return further_reports(min(days, MONTH_DAYS), experiments)
