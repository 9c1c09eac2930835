"""Errors that a person can mend: each says what is wrong, where, and what to do about it."""


class TrimtabError(Exception):
    """Base of all errors that trimtab raises on purpose; its text is one line for a person."""


class PolicyError(TrimtabError):
    """A mistake in a site's policy, found when the policy is loaded.

    `file` and `line` (1-based, 0 if unknown) point into the site owner's own file.
    """

    def __init__(self, what: str, *, mend: str, file: str = "", line: int = 0) -> None:
        self.what = what
        self.mend = mend
        self.file = file
        self.line = line
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.what}; {self.mend}"


class ReportError(TrimtabError):
    """A report that is refused. `code` is a stable word for machines, `mend` tells a person what to do."""

    def __init__(self, code: str, what: str, *, mend: str) -> None:
        self.code = code
        self.what = what
        self.mend = mend
        super().__init__(f"{what}; {mend}")


class TraceError(TrimtabError):
    """A trace that cannot be replayed, with the number of its first bad line (1-based; 0 if there is none)."""

    def __init__(self, what: str, *, mend: str, file: str, line: int) -> None:
        self.what = what
        self.mend = mend
        self.file = file
        self.line = line
        super().__init__(f"{f'{file}:{line}' if line else file}: {what}; {mend}")


class StateError(TrimtabError):
    """The saved state of a visit that cannot be gone on with: damaged, or of another version, policy or arm."""

    def __init__(self, what: str, *, mend: str = "forget it, and let the visit begin anew") -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"{what}; {mend}")


class Unknown(Exception):
    """A number is not known yet. A segment that meets it holds as it was; `why` says what is missing.

    It is no `TrimtabError`: nothing is wrong, and nobody has to mend anything.
    """

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name} is not known yet: {why}")
