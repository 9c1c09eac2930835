"""Light runtimes of a policy's text, as the build makes them."""

import io
from pathlib import Path

from trimtab.loading import load_policy
from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.imports import read_imports
from trimtab_bundler.npm import Packages
from trimtab_bundler.probe import Trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.lean import Lean, LeanBuilder
from trimtab_bundler.stdlib import Trimmer
from trimtab_bundler.wheels import core_wheel, msgpack_wheel, policy_wheel


class Building:
    """Builds them; `policy.py` in `folder` is the policy's file."""

    def __init__(self, packages: Packages, folder: Path) -> None:
        self.packages = packages
        self.path = folder / "policy.py"

    def build(self, text: str, cache: Cache) -> Lean:
        """The lean one."""
        return self._builder(cache).build(self.trial(text), self.path.name)

    def build_profiled(self, text: str, cache: Cache) -> tuple[Lean, Lean]:
        """The profiled one, and the lean one."""
        return self._builder(cache).build_profiled(self.trial(text), self.path)

    @property
    def _compiler(self) -> Compiler:
        return Compiler(Cache.of_user(), self.packages.python)

    def _builder(self, cache: Cache) -> LeanBuilder:
        progress = Progress(io.StringIO())
        return LeanBuilder(self.packages, cache, progress, Trimmer(self._compiler, cache, progress))

    def trial(self, text: str) -> Trial:
        """What is tried of the policy."""
        self.path.write_text(text)
        declaration = load_policy(self.path).declaration("00" * 8).to_json()
        wheels = [core_wheel(self._compiler), msgpack_wheel(self._compiler), policy_wheel(self.path, self._compiler)]
        return Trial(self.packages.pyodide, wheels, declaration, read_imports(self.path.read_bytes()))
