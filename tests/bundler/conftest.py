"""What the bundler's tests share: a small site, the user's own cache, and one pack that is built once."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import lean_toml, write_site
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.commands.build import build_into
from trimtab_bundler.npm import Packages, gather
from trimtab_bundler.pack import Pack
from trimtab_bundler.progress import Progress

POLICY = """\
from trimtab import Policy, adjust, seconds

news = Policy("daily-news")
story = news.target("story", ".story")
summary = news.target("summary", "[data-summary]")
article_read = news.goal("article-read")


@news.segment(enter_after=seconds(2), leave_after=seconds(8))
def skimmer(v):
    return v.reading(story).words_per_minute > 450 and v.scroll.speed_px_s > 600


short = news.adjust("short-summaries", on=summary, when=skimmer, do=adjust.swap("short"))
news.experiment("summaries", arms={"adaptive": [short], "static": []})


@news.question(answers=("none", "bounced", "read"))
def reading(outcome):
    return "read" if outcome.reached(article_read) else "bounced"
"""
TOML = lean_toml("daily-news")

type SiteMaker = Callable[..., Path]


@pytest.fixture
def make_site(tmp_path: Path) -> SiteMaker:
    """Makes a site's folder from a policy and a trimtab.toml, both given as text."""

    def make(name: str = "site", *, policy: str = POLICY, toml: str = TOML) -> Path:
        return write_site(tmp_path / name, policy, toml)

    return make


@pytest.fixture(scope="session")
def progress() -> Progress:
    return Progress(io.StringIO())


@pytest.fixture(scope="session")
def cache() -> Cache:
    """The user's cache: what these tests download, compile and compress is there the next time."""
    return Cache.of_user()


@pytest.fixture
def fresh_cache(tmp_path: Path, packages: Packages) -> Cache:
    """A cache with the downloads in it and nothing else."""
    downloads = packages.modules.parent.parent
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / downloads.name).symlink_to(downloads, target_is_directory=True)
    return Cache(tmp_path / "cache")


@pytest.fixture(scope="session")
def packages(cache: Cache, progress: Progress) -> Packages:
    return gather(cache, progress)


@pytest.fixture(scope="session")
def bundler(packages: Packages, cache: Cache) -> Bundler:
    return Bundler(packages, cache)


@pytest.fixture(scope="session")
def compiler(cache: Cache, packages: Packages) -> Compiler:
    return Compiler(cache, packages.python)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, cache: Cache, progress: Progress) -> tuple[Pack, Path]:
    """A pack, and the folder it was written to. Not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    out = folder / "out"
    pack, _ = build_into(write_site(folder / "site", POLICY, TOML), out, cache, progress, preview=False)
    return pack, out
