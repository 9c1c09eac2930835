"""How exact an estimate can be: the variances behind intervals and plans, in exact fractions.

`share` is f, the share of visitors with the answer; p and q are the mechanism's `keep` and `stray`.
All variances are those of one report: divide by the number of reports.
"""

from fractions import Fraction

from trimtab.privacy.mechanisms import SubsetSelection


def supporting_share(mechanism: SubsetSelection, share: Fraction) -> Fraction:
    """lambda = f p + (1 - f) q: the share of reports that support an answer which `share` of the visitors have."""
    return share * mechanism.keep + (1 - share) * mechanism.stray


def noise_variance(mechanism: SubsetSelection, share: Fraction) -> Fraction:
    """From the noise alone: [f p (1 - p) + (1 - f) q (1 - q)] / (p - q)^2. Says nothing about other visitors."""
    p, q = mechanism.keep, mechanism.stray
    return (share * p * (1 - p) + (1 - share) * q * (1 - q)) / (p - q) ** 2


def report_variance(mechanism: SubsetSelection, share: Fraction) -> Fraction:
    """From noise and sampling both: lambda (1 - lambda) / (p - q)^2, which is noise_variance + f (1 - f)."""
    supporting = supporting_share(mechanism, share)
    return supporting * (1 - supporting) / (mechanism.keep - mechanism.stray) ** 2


def total_noise_error(mechanism: SubsetSelection) -> Fraction:
    """Noise variances added over all k answers: [p (1 - p) + (k - 1) q (1 - q)] / (p - q)^2, whatever the data."""
    p, q = mechanism.keep, mechanism.stray
    return (p * (1 - p) + (mechanism.answers - 1) * q * (1 - q)) / (p - q) ** 2


def cost_of_noise(mechanism: SubsetSelection, share: Fraction) -> Fraction:
    """How many noised reports tell as much as one clear answer, for a `share` strictly between 0 and 1."""
    return report_variance(mechanism, share) / (share * (1 - share))
