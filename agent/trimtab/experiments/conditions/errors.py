"""What a condition can get wrong in a way that must not be guessed about."""

from trimtab.errors import TrimtabError


class ConditionError(TrimtabError):
    """A condition that cannot be evaluated: it has another form than the language, or a pattern that we cannot match.

    GrowthBook's program fails or guesses at the first; the second would not give the answer that it gives.
    """
