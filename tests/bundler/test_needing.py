import io
from pathlib import Path

import pytest

from tests.bundler.conftest import POLICY
from tests.sites import write_site
from tests.wheels import toml_with, write_wheel
from trimtab.errors import PolicyError
from trimtab.loading import load_policy
from trimtab_bundler.archive import read_zip
from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.imports import read_imports
from trimtab_bundler.needing import with_listed
from trimtab_bundler.npm import Packages
from trimtab_bundler.probe import Trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.site import read_site
from trimtab_bundler.stdlib import Trimmer
from trimtab_bundler.wheels import core_wheel, msgpack_wheel, policy_wheel


class Maker:
    """Makes the trial of a site that lists one wheel, as far as its policy needs it; `notes` are what was told."""

    def __init__(self, packages: Packages, compiler: Compiler, cache: Cache, folder: Path) -> None:
        self.packages, self.compiler, self.cache, self.folder = packages, compiler, cache, folder
        self.told = io.StringIO()

    def __call__(self, policy: str, files: dict[str, str]) -> Trial:
        folder = write_site(self.folder, policy + POLICY, toml_with("lending"))
        write_wheel(folder / "wheels", "lending", files)
        site = read_site(folder)
        wheels = [core_wheel(self.compiler), msgpack_wheel(self.compiler), policy_wheel(site.policy, self.compiler)]
        declaration = load_policy(site.policy).declaration("0" * 16).to_json()
        trial = Trial(self.packages.pyodide, wheels, declaration, read_imports(site.policy.read_bytes()))
        trimmer = Trimmer(self.compiler, self.cache, Progress(self.told))
        return with_listed(trial, site.wheels, "policy.py", trimmer)


@pytest.fixture
def make(packages: Packages, compiler: Compiler, cache: Cache, tmp_path: Path) -> Maker:
    return Maker(packages, compiler, cache, tmp_path / "site")


def packed(trial: Trial) -> list[str]:
    """What of the listed wheel is in the pack."""
    contents = [read_zip(wheel.content) for wheel in trial.wheels if wheel.name == "wheel-lending"]
    return sorted(name for files in contents for name in files if ".dist-info/" not in name)


def test_what_the_policy_comes_to_is_packed_before_it_and_the_rest_is_not(make: Maker) -> None:
    files = {
        "lending/__init__.py": "from .used import f\n",
        "lending/used.py": "def f(): ...\n",
        "lending/unused.py": "import no_such_module\n",
        "lending/tests/test_it.py": "def\n",
        "lending/data.txt": "unread",
    }
    trial = make("import lending\n", files)
    assert packed(trial) == ["lending/__init__.pyc", "lending/used.pyc"]
    assert [wheel.name for wheel in trial.wheels] == ["core", "msgpack", "wheel-lending", "policy"]
    assert trial.wheels[2].sources.keys() == {"lending/__init__.py", "lending/used.py"}


def test_what_is_imported_in_functions_is_packed_too_and_what_that_imports(make: Maker) -> None:
    files = {
        "lending/__init__.py": "def f():\n    from . import later\n\ndef main():\n    from . import command\n",
        "lending/later.py": "import importlib\ndef g():\n    importlib.import_module('lending.latest')\n",
        "lending/latest.py": "",
        "lending/command.py": "",
        "lending/asked.py": "",
    }
    trial = make("import lending\n\ndef rule():\n    import lending.asked\n\n\n", files)
    assert packed(trial) == [f"lending/{name}.pyc" for name in ("__init__", "asked", "later", "latest")]


def test_a_name_that_the_policy_computes_is_found_by_trying(make: Maker) -> None:
    policy = "import lending\nimport importlib\nimportlib.import_module('lending.' + 'two')\n"
    files = {"lending/__init__.py": "", "lending/one.py": "", "lending/two.py": ""}
    assert packed(make(policy, files)) == ["lending/__init__.pyc", "lending/two.pyc"]


def test_what_a_function_imports_instead_of_another_is_packed(make: Maker) -> None:
    later = "def f():\n    try:\n        import fast\n    except ImportError:\n        from . import slow\n"
    trial = make("import lending\n", {"lending/__init__.py": later, "lending/slow.py": ""})
    assert packed(trial) == ["lending/__init__.pyc", "lending/slow.pyc"]


def test_what_a_wheel_imports_of_the_library_is_tried_with_the_rest(make: Maker) -> None:
    source = "import colorsys\n\ndef f():\n    import graphlib\n    import socket\n"
    trial = make("import lending\n", {"lending.py": source})
    assert {wanted.module: wanted.optional for wanted in trial.imports if wanted.module in source} == {
        "colorsys": True,
        "graphlib": True,  # and no socket: a function that opens one has to fail
    }


def test_what_leads_to_something_forbidden_is_not_packed(make: Maker) -> None:
    files = {
        "lending/__init__.py": "def f():\n    from .net import g\n",
        "lending/net.py": "import socket\ndef g(): ...\n",
    }
    assert packed(make("import lending\n", files)) == ["lending/__init__.pyc"]


@pytest.mark.parametrize(
    ("reading", "read"),
    [
        ("import pkgutil\nTEXT = pkgutil.get_data('lending', 'a.txt').decode()\n", ["a.txt"]),
        (
            "from importlib.resources import files\nTEXT = files('lending').joinpath('b/c.txt').read_text()\n",
            ["a.txt", "b/c.txt"],  # of the package all that there is
        ),
    ],
)
def test_data_that_is_read_when_a_module_is_imported_is_packed(make: Maker, reading: str, read: list[str]) -> None:
    trial = make("import lending\n", {"lending/__init__.py": reading, "lending/a.txt": "a", "lending/b/c.txt": "c"})
    assert packed(trial) == sorted(["lending/__init__.pyc", *(f"lending/{name}" for name in read)])


def test_a_module_that_would_fail_only_in_a_visit_is_told(make: Maker) -> None:
    files = {
        "lending/__init__.py": "def f():\n    from . import later\n",
        "lending/later.py": "import no_such_module\n",
    }
    make("import lending\n", files)
    assert make.told.getvalue().splitlines()[-1] == (
        "trimtab: lending.later fails in the browser's Python (ModuleNotFoundError: No module named 'no_such_module'); "
        "what imports it when it is called will fail there"
    )


def test_a_wheel_that_nobody_imports_is_told_and_left_out(make: Maker) -> None:
    trial = make("", {"lending.py": ""})
    assert [wheel.name for wheel in trial.wheels] == ["core", "msgpack", "policy"]
    assert make.told.getvalue().splitlines()[-1] == (
        "trimtab: nothing imports lending, so it is not in the pack; take it out of the list"
    )


def test_an_import_that_fails_in_the_browser_is_told_with_the_policys_line(make: Maker) -> None:
    with pytest.raises(PolicyError) as raised:
        make(
            "import math\nimport lending\n", {"lending.py": "import sys\nif sys.platform == 'emscripten':\n    1 / 0\n"}
        )
    assert str(raised.value).startswith(
        "policy.py:2: import of 'lending' fails in the browser's Python (ZeroDivisionError: division by zero); use"
    )


def test_what_a_wheel_lacks_is_told_with_how_to_list_it(make: Maker) -> None:
    source = "import sys\nif sys.platform == 'emscripten':\n    import no_such_module\n"
    with pytest.raises(PolicyError) as raised:
        make("import lending\n", {"lending.py": source})
    assert str(raised.value) == (
        "policy.py:1: import of 'lending' fails in the browser's Python (ModuleNotFoundError: No module named "
        "'no_such_module'); use another module, or list a wheel that has 'no_such_module': "
        'wheels = ["wheels/NAME.whl"] below [site] in trimtab.toml'
    )


def test_a_site_that_lists_nothing_is_left_as_it_is(make: Maker, compiler: Compiler, cache: Cache) -> None:
    trial = make("import lending\n", {"lending.py": ""})
    assert with_listed(trial, (), "policy.py", Trimmer(compiler, cache, Progress(make.told))) is trial
