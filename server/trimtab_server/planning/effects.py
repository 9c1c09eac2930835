"""Which effects are planned for: each --base with the --effect put on it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from trimtab.declared import Question
from trimtab.policy import Policy
from trimtab.scales import QuestionKind
from trimtab_server.analyse.planning import Effect
from trimtab_server.planning.numbers import percent
from trimtab_server.planning.shares import Change, PlanError, read_percent

type Planned = tuple[Question, str, Effect]
"""A question, one of its answers ("": any of them), and what is to be seen."""


def planned_effects(policy: Policy, bases: Sequence[str], change: Change) -> Sequence[Planned]:
    """One entry for every question that is compared; for every answer that a base names. Raises PlanError.

    A base is `5%` for all questions, `reading=5%` for one, or `reading.read=5%` for one answer.
    """
    if not policy.questions:
        raise PlanError(f"policy {policy.name!r} asks nothing, so nothing can be told; declare a question first")
    asked = [question for question in policy.questions if question.scale.kind is not QuestionKind.CELL]
    if not asked:
        raise PlanError(f"policy {policy.name!r} asks for cells alone, and those are not compared; declare a question")
    given = dict(_read_base(policy, text) for text in bases)
    planned: list[Planned] = []
    for question in asked:
        answers = [answer for answer in question.answers if (question.name, answer) in given]
        own: Mapping[str, Fraction] = {answer: given[question.name, answer] for answer in answers}
        general = given.get((question.name, ""), given.get(("", "")))
        shares = own or ({"": general} if general is not None else {})
        planned += [(question, answer, _effect(question, base, change)) for answer, base in shares.items()]
    return planned


def _read_base(policy: Policy, text: str) -> tuple[tuple[str, str], Fraction]:
    where, equals, percent = text.rpartition("=")
    share = read_percent("--base", percent)
    if not equals:
        return ("", ""), share
    name, _, answer = where.partition(".")
    known = {question.name: question for question in policy.questions}
    if name not in known:
        raise PlanError(f"--base {text}: there is no question {name!r}; use one of {', '.join(known)}")
    if known[name].scale.kind is QuestionKind.CELL:
        raise PlanError(f"--base {text}: cells are a map that is not compared; leave this --base out")
    if answer and answer not in known[name].answers:
        told = ", ".join(known[name].answers)
        raise PlanError(f"--base {text}: question {name!r} has no answer {answer!r}; use one of {told}")
    return (name, answer), share


def _effect(question: Question, base: Fraction, change: Change) -> Effect:
    raised = change.raised(base)
    if not 0 < raised < 1:
        where = f"question {question.name!r}: the effect leads from {percent(base)} to {percent(raised)} of visitors"
        raise PlanError(f"{where}, which is not between 0% and 100%; use a smaller --effect")
    return Effect(base, raised)
