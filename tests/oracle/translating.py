"""Our experiments and flags as GrowthBook's SDK is told them, in JSON."""

from typing import Any

from trimtab.experiments.flags import Comparison, Flag, Rollout, Rule
from trimtab.experiments.namespaces import Filter
from trimtab.experiments.prerequisites import Prerequisite
from trimtab.experiments.sticky import Records
from trimtab.experiments.trials import Subject, Trial


def context(subject: Subject, flags: dict[str, Flag] | None = None) -> dict[str, Any]:
    """What a GrowthBook is made with."""
    told: dict[str, Any] = {
        "attributes": subject.attributes,
        "savedGroups": dict(subject.groups),
        "forcedVariations": dict(subject.forced),
        "features": {name: feature(flag) for name, flag in (flags or {}).items()},
    }
    return told | ({"records": documents(subject.records)} if subject.records is not None else {})


def documents(records: Records) -> dict[str, Any]:
    """Records as documents, as its sticky bucket service keeps them."""
    return {
        holder: {"attributeName": name, "attributeValue": value, "assignments": dict(kept)}
        for holder, kept in records.items()
        for name, _, value in [holder.partition("||")]
    }


def experiment(trial: Trial) -> dict[str, Any]:
    """A trial whose values are the indices of its arms."""
    told = {"variations": list(range(trial.arms)), **_drawing(trial), "active": trial.active}
    if trial.forced is not None:
        told["force"] = trial.forced
    if trial.prerequisites:
        told["parentConditions"] = _parents(trial.prerequisites)
    return told


def feature(flag: Flag) -> dict[str, Any]:
    """A flag and its rules."""
    return {"defaultValue": flag.default, "rules": [_rule(rule) for rule in flag.rules]}


def _drawing(trial: Trial) -> dict[str, Any]:
    """What an experiment has in common with a rule that makes one."""
    told: dict[str, Any] = {
        "key": trial.key,
        "coverage": trial.coverage,
        "weights": trial.weights,
        "ranges": trial.ranges,
        "seed": trial.seed,
        "hashVersion": trial.hash_version,
        "hashAttribute": trial.attribute,
        "fallbackAttribute": trial.fallback,
        "namespace": [trial.namespace.name, trial.namespace.start, trial.namespace.end] if trial.namespace else None,
        "filters": _filters(trial.filters),
        "condition": trial.condition,
    }
    if trial.stickiness:
        told["meta"] = [{"key": key} for key in trial.stickiness.arm_keys]
        told["bucketVersion"] = trial.stickiness.version
        told["minBucketVersion"] = trial.stickiness.least_version
    else:
        told["disableStickyBucketing"] = True
    return {name: value for name, value in told.items() if value not in (None, [], "")}


def _rule(rule: Rule) -> dict[str, Any]:
    return {"parentConditions": _parents(rule.prerequisites)} | _then(rule.then)


def _then(then: Rollout | Comparison) -> dict[str, Any]:
    if isinstance(then, Comparison):
        told = _drawing(then.trial) | {"variations": then.values}
        keys = then.trial.stickiness.arm_keys if then.trial.stickiness else ()
        meta = [{"passthrough": arm in then.passing} for arm in range(then.trial.arms)]
        named = [{"key": key, **one} for key, one in zip(keys, meta, strict=True)] if keys else meta
        return told | ({"meta": named} if named else {})
    told = {
        "coverage": then.coverage,
        "range": then.range,
        "filters": _filters(then.filters),
        "seed": then.seed,
        "condition": then.condition,
        "hashAttribute": then.attribute,
        "hashVersion": then.hash_version,
    }
    return {name: value for name, value in told.items() if value not in (None, [], "")} | {"force": then.value}


def _filters(filters: tuple[Filter, ...]) -> list[dict[str, Any]]:
    return [
        {"seed": f.seed, "ranges": f.ranges, "attribute": f.attribute, "hashVersion": f.hash_version} for f in filters
    ]


def _parents(prerequisites: tuple[Prerequisite, ...]) -> list[dict[str, Any]]:
    return [{"id": p.flag, "condition": p.condition, "gate": p.gate} for p in prerequisites]
