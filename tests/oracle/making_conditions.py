"""Random conditions with the attributes and saved groups that they are evaluated on."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.oracle.making_patterns import Patterns
from tests.oracle.making_values import KEYS, VERSIONS, Values
from trimtab.experiments.conditions import Plain

COMPARING: Final = ("$eq", "$ne", "$lt", "$lte", "$gt", "$gte")
VERSIONED: Final = ("$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte")
LISTED: Final = ("$in", "$nin", "$ini", "$nini")
HAVING: Final = ("$all", "$alli")
GROUPED: Final = ("$inGroup", "$notInGroup")
MATCHING: Final = ("$regex", "$regexi")
OTHER: Final = ("$exists", "$type", "$size", "$elemMatch", "$not")
OPERATORS: Final = (*COMPARING, *VERSIONED, *LISTED, *HAVING, *GROUPED, *MATCHING, *OTHER)
UNKNOWN: Final = ("$and", "$or", "$notRegex", "$", "$GT")
LOGICAL: Final = ("$and", "$or", "$nor", "$not", "$savedGroup")
KINDS: Final = ("null", "boolean", "number", "string", "array", "object", "undefined", "", 5)
GROUPS: Final = ("g1", "g2", "g3", "g4", "5", "null", "absent")


@dataclass(frozen=True, slots=True)
class Case:
    """One question: does the condition hold for the attributes?"""

    condition: dict[str, Plain]
    attributes: dict[str, Plain]
    groups: dict[str, Plain]


class Conditions:
    """Draws cases. Conditions are about the attributes, so that about half of them hold."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.values = Values(rng)
        self.patterns = Patterns(rng)

    def case(self) -> Case:
        """A condition of any depth."""
        attributes = self.values.object(3)
        groups = {group: self.group(attributes) for group in GROUPS[:-1] if self.rng.random() < 0.8}
        return Case(self.condition(attributes, 2), attributes, groups)

    def case_about(self, operator: str) -> Case:
        """The operator alone, on one attribute."""
        value = self.values.text() if operator in MATCHING and self.rng.random() < 0.8 else self.values.value(3)
        if operator in VERSIONED and self.rng.random() < 0.7:
            value = self.rng.choice(VERSIONS)
        if operator in ("$size", "$elemMatch", *HAVING) and self.rng.random() < 0.8:
            value = [self.values.value(2) for _ in range(self.rng.randint(0, 4))]
        attributes: dict[str, Plain] = {"a": value}
        groups = {group: self.group(attributes) for group in GROUPS[:-1]} if operator in GROUPED else {}
        return Case({"a": {operator: self.operand(operator, value, 1)}}, attributes, groups)

    def condition(self, subject: Plain, depth: int) -> dict[str, Plain]:
        """One to three entries about the subject."""
        return dict(self._entry(subject, depth) for _ in range(self.rng.choice((1, 1, 1, 2, 3))))

    def _entry(self, subject: Plain, depth: int) -> tuple[str, Plain]:
        if depth and self.rng.random() < 0.35:
            return self._logical(subject, depth)
        path, value = self._path(subject)
        return path, self.wanted(value, depth)

    def _logical(self, subject: Plain, depth: int) -> tuple[str, Plain]:
        key = self.rng.choice(LOGICAL)
        if key == "$not":
            return key, self.condition(subject, depth - 1)
        if key == "$savedGroup":
            return key, self._reference()
        return key, [self.condition(subject, depth - 1) for _ in range(self.rng.randint(0, 3))]

    def _path(self, subject: Plain) -> tuple[str, Plain]:
        """A dotted path and what is there, or None; most paths exist."""
        steps = []
        while True:
            inside: dict[str, Plain] = {}
            if isinstance(subject, list):
                inside = {**{str(index): item for index, item in enumerate(subject)}, "length": len(subject)}
            elif isinstance(subject, dict):
                inside = {key: value for key, value in subject.items() if "." not in key}
            name = self.rng.choice((*inside, *inside, self.rng.choice(KEYS)))
            steps.append(name)
            subject = inside.get(name)
            if not isinstance(subject, list | dict) or self.rng.random() < 0.5:
                return ".".join(steps), subject

    def wanted(self, value: Plain, depth: int) -> Plain:
        """What a condition may say of one value: another value, or operators."""
        if self.rng.random() < 0.3:
            return self.values.near(value) if self.rng.random() < 0.7 else self.values.value()
        operators = self.rng.sample(OPERATORS, self.rng.choice((1, 1, 1, 2)))
        if self.rng.random() < 0.02:
            operators.append(self.rng.choice(UNKNOWN))
        return {operator: self.operand(operator, value, depth) for operator in operators}

    def operand(self, operator: str, value: Plain, depth: int) -> Plain:
        """What the operator is given, close to the value."""
        if operator in (*LISTED, *HAVING):
            return self._list_operand(operator, value, depth)
        if operator == "$elemMatch":
            return self._about_items(value, depth)
        if operator == "$not" and depth:
            return self.wanted(value, depth - 1)
        if operator in MATCHING:
            return self.patterns.pattern(value if isinstance(value, str) else str(value))
        return self.rng.choice(self._choices(operator, value))

    def _choices(self, operator: str, value: Plain) -> tuple[Plain, ...]:
        if operator in GROUPED:
            return (*GROUPS, 5, None)
        if operator == "$type":
            return KINDS
        near = self.values.near(value)
        if operator in VERSIONED:
            return near, self.rng.choice(VERSIONS)
        if operator == "$size":
            return self._sizes(value)
        return near, near, self.values.value()

    def _sizes(self, value: Plain) -> tuple[Plain, ...]:
        size = len(value) if isinstance(value, list) else 1
        return size, size, str(size), {"$gt": self.rng.randint(0, 3)}, self.values.scalar()

    def _list_operand(self, operator: str, value: Plain, depth: int) -> Plain:
        if self.rng.random() < 0.03:
            return self.values.scalar()
        items = value if isinstance(value, list) and value else [value]
        near = [self.values.near(self.rng.choice(items)) for _ in range(self.rng.randint(0, 2))]
        far = [self.values.value(1) for _ in range(self.rng.choice((0, 0, 1, 2)))]
        if operator in HAVING and depth and self.rng.random() < 0.3:
            near.append(self.wanted(self.rng.choice(items), 0))
        return self.rng.sample(near + far, len(near + far))

    def _about_items(self, value: Plain, depth: int) -> Plain:
        item = self.rng.choice(value) if isinstance(value, list) and value else self.values.value()
        if self.rng.random() < 0.5:
            wanted = self.wanted(item, 0)
            return wanted if isinstance(wanted, dict) else {"$eq": wanted}
        return self.condition(item, max(depth - 1, 0))

    def _reference(self) -> Plain:
        reference: dict[str, Plain] = {"id": self.rng.choice((*GROUPS, 5))}
        if self.rng.random() < 0.4:
            reference["attributeKey"] = self.rng.choice((*KEYS, None))
        broken: tuple[Plain, ...] = ("g1", None, ["g1"], {})
        return self.rng.choice((*[reference] * 4, *broken))

    def group(self, attributes: dict[str, Plain]) -> Plain:
        """A saved group of one of the known forms, or of none."""
        path, value = self._path(attributes)
        values: list[Plain] = [self.values.near(value), self.values.scalar(), self.values.scalar()]
        listed: dict[str, Plain] = {"type": "list", "attributeKey": path, "values": values}
        condition: dict[str, Plain] = {"type": "condition", "condition": self.condition(attributes, 1)}
        broken: tuple[Plain, ...] = (None, 5, "x", {}, {"type": "list"}, {"type": "later"}, {"type": "condition"})
        odd: Plain = {"type": "list", "values": values}
        return self.rng.choice(
            (values, values, listed, listed, listed, condition, condition, odd, self.rng.choice(broken))
        )
