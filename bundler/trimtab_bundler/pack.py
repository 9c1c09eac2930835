"""One build of one site: the flow, one line a part."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from trimtab.errors import PolicyError, TrimtabError
from trimtab.loading import load_policy, policy_hash, reads_pointer, reads_texts
from trimtab.messages import Declaration
from trimtab.policy import Policy
from trimtab.scales import RATING
from trimtab_bundler.bundling import Bundler, Script
from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.chains import Modules, check_chains, modules_of
from trimtab_bundler.contents import PackFile, hashed, hashed_folder
from trimtab_bundler.drawing import draw_table
from trimtab_bundler.imports import check_policy_imports, read_imports
from trimtab_bundler.needing import with_listed
from trimtab_bundler.npm import Packages, gather
from trimtab_bundler.probe import Trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.lean import Lean, LeanBuilder
from trimtab_bundler.site import FILE, Site, read_site
from trimtab_bundler.stdlib import Trimmer
from trimtab_bundler.tag import bundle_panel, bundle_survey, bundle_tag, bundle_visit, bundle_worker
from trimtab_bundler.wheels import core_wheel, msgpack_wheel, policy_wheel

STABLE_TAG: Final = "trimtab.js"
STOCK: Final = "stock"
PROFILED: Final = "profiled"
WITHOUT: Final = f'runtime = "{STOCK}" below [site] in {FILE} does without, until it is mended'
RUNTIME_FILES: Final = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in memory. `files` are what browsers download; `tag` is the one of them that the stable tag equals.

    `on_demand` are paths of those that only somebody who asks for them downloads, or whose light runtime has failed.
    `config` is what the worker knows of it. `python` are the files of the wheels as they were written, by path.
    """

    site: Site
    preview: bool
    declaration: Declaration
    files: tuple[PackFile, ...]
    tag: PackFile
    config: Mapping[str, Any]
    on_demand: frozenset[str] = frozenset()
    python: Mapping[str, bytes] = field(default_factory=dict)


def build_pack(folder: Path, cache: Cache, progress: Progress, *, preview: bool = False) -> Pack:
    """Everything a site needs, from its trimtab.toml and policy.py. Raises TrimtabError; writes only to the cache."""
    site = read_site(folder)
    policy, declaration = _declare(site, progress, preview=preview)
    packages = gather(cache, progress)
    compiler = Compiler(cache, packages.python)
    trimmer = Trimmer(compiler, cache, progress)
    trial = _trial(packages, trimmer, site, declaration)
    with ThreadPoolExecutor(1) as aside:  # both wait for Node most of the time
        builder = LeanBuilder(packages, cache, progress, trimmer)
        making = aside.submit(_light, builder, trial, site)
        stdlib = hashed("stdlib.zip", trimmer.trim(trial, site.policy.name))
        light = _made(making)
    packed = [hashed(f"{wheel.name}.whl", wheel.content) for wheel in trial.wheels]
    runtime = _runtime(packages)
    bundler = Bundler(packages, cache)
    # The lightest runtime first: where one fails, the next goes on.
    runtimes = [*(each.config for each in light), _stock(runtime, stdlib, packed)]
    config = {"runtimes": runtimes, "declaration": declaration.to_json()}
    scripts = _scripts(bundler, site, policy, declaration, preview=preview)
    scripts["worker"] = bundle_worker(bundler, config)
    named = {name: hashed(f"{name}.js", script.content, script.parts) for name, script in scripts.items()}
    known = _tag_config(site, policy, declaration, named, runtimes, preview=preview)
    script = bundle_tag(bundler, known, site.consent, site.bridge)
    tag = hashed("tag.js", script.content, script.parts)
    stable = PackFile(STABLE_TAG, tag.content, immutable=False, parts=tag.parts)
    first, *heavier = [*(each.files for each in light), (*runtime, stdlib, *packed)]
    later = {file.path: file for files in heavier for file in files if file not in first}
    asked_for = [file.path for name, file in named.items() if name in ("panel", "survey")]
    files = (stable, tag, *named.values(), *first, *later.values())
    python = {path: source for wheel in trial.wheels for path, source in wheel.sources.items()}
    return Pack(site, preview, declaration, files, tag, config, frozenset([*asked_for, *later]), python)


def _trial(packages: Packages, trimmer: Trimmer, site: Site, declaration: Declaration) -> Trial:
    """What to try of a site, with as much of the wheels that it lists as it needs."""
    compiler = trimmer.compiler
    wheels = [core_wheel(compiler), msgpack_wheel(compiler), policy_wheel(site.policy, compiler)]
    trial = Trial(packages.pyodide, wheels, declaration.to_json(), read_imports(site.policy.read_bytes()))
    return with_listed(trial, site.wheels, site.policy.name, trimmer)


def _scripts(
    bundler: Bundler, site: Site, policy: Policy, declaration: Declaration, *, preview: bool
) -> dict[str, Script]:
    """What the tag loads, by name; of the visit only what this site needs."""
    kinds = {str(do["kind"]) for _, _, do in declaration.adjustments}
    rates = any(question.scale == RATING for question in policy.questions)
    source = site.policy.read_bytes()
    reads = {"reads": reads_texts(source), "points": reads_pointer(policy, source)}
    has = {"asks": bool(policy.questions), "rates": rates, **reads, "falls": site.runtime != STOCK}
    scripts = {"visit": bundle_visit(bundler, kinds, preview=preview, **has), "panel": bundle_panel(bundler)}
    return scripts | ({"survey": bundle_survey(bundler)} if rates else {})


def _light(builder: LeanBuilder, trial: Trial, site: Site) -> tuple[Lean, ...]:
    """The runtimes before the stock one, the lightest first."""
    if site.runtime == STOCK:
        return ()
    if site.runtime == PROFILED:
        return builder.build_profiled(trial, site.policy)
    return (builder.build(trial, site.policy.name),)


def _made(making: Future[tuple[Lean, ...]]) -> tuple[Lean, ...]:
    """The light runtimes. A build without them would be another pack than the site asked for, so a failure is one."""
    try:
        return making.result()
    except PolicyError:
        raise
    except TrimtabError as error:
        raise TrimtabError(f"{error}; {WITHOUT}") from None


def _declare(site: Site, progress: Progress, *, preview: bool) -> tuple[Policy, Declaration]:
    source = site.policy.read_bytes()
    modules: Modules = {name: module for wheel in site.wheels for name, module in modules_of(wheel.sources).items()}
    check_policy_imports(source, site.policy.name, {name.partition(".")[0] for name in modules})
    check_chains(source, site.policy.name, modules)
    policy = load_policy(site.policy)
    if policy.name != site.name:
        progress.note(
            f"{FILE} calls the site {site.name!r}, {site.policy.name} calls the policy {policy.name!r}: addresses go "
            "by the first, arms are drawn by the second; give both one name, unless several sites share the policy"
        )
    if site.bridge and (unknown := sorted(site.bridge.goals - set(policy.goals))):
        known = ", ".join(policy.goals) or "none"
        mend = f"declare it with policy.goal({unknown[0]!r}), or use one of: {known}"
        raise TrimtabError(f"{FILE}: [data_layer.events] goal {unknown[0]!r} is not in {site.policy.name}; {mend}")
    return policy, policy.declaration(policy_hash(policy, source, preview=preview))


def _runtime(packages: Packages) -> list[PackFile]:
    return hashed_folder("runtime", [(name, (packages.pyodide / name).read_bytes()) for name in RUNTIME_FILES])


def _stock(runtime: Sequence[PackFile], stdlib: PackFile, wheels: Sequence[PackFile]) -> dict[str, Any]:
    """What the worker knows about the runtime of last resort."""
    folder = runtime[0].path.rpartition("/")[0] + "/"
    return {"name": STOCK, "folder": folder, "stdlib": stdlib.path, "wheels": [wheel.path for wheel in wheels]}


def _tag_config(
    site: Site,
    policy: Policy,
    declaration: Declaration,
    scripts: Mapping[str, PackFile],
    runtimes: Sequence[Mapping[str, Any]],
    *,
    preview: bool,
) -> dict[str, Any]:
    """What the page has to know of the declaration and the pack; addresses are relative to the tag's own."""
    whole = declaration.to_json()
    kept = {name: whole[name] for name in ("hash", "adjustments", "goals", "questions", "noise")}
    return {
        "preview": preview,
        "collect": site.collect,
        "survey": "",
        **{name: script.path for name, script in scripts.items()},
        "runtimes": [each["name"] for each in runtimes],
        "declaration": {**kept, "targets": [{"selector": selector} for _, selector in declaration.targets]},
        "table": draw_table(policy, declaration),
    }
