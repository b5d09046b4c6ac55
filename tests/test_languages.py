"""The table of languages is the only list of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import kokoro_demo
from kokoro_demo import SpeechRequest, languages
from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_CODE, BY_LETTER, ENGLISH, LANGUAGES, TABLE, canonical_language, readable_language

PACKAGE = Path(kokoro_demo.__file__).parent
GERMAN = """    Language(
        code="de",
        name="German",
        adjective="German",
        letter="d",
        search_words="german deutsch germany",
        preview="Hallo, ich bin {}.",
    ),
)
"""
USES = """
from kokoro_demo import SpeechRequest, phonemize
from kokoro_demo.__main__ import main
from kokoro_demo.checklist.command import main as check
from kokoro_demo.ui.compare.previews import preview_request
from kokoro_demo.ui.page import build_page
from kokoro_demo.ui.voice_choices import voice_label
from kokoro_demo.voices.catalogue import best_first, describe
from kokoro_demo.voices.search import find_voices
from tests.ui.fakes import FakeBackend


class Voices:
    info = staticmethod(describe)


class Synthesizer:
    voices = Voices()

    @property
    def checkpoint(self):
        return self


assert SpeechRequest("Guten Tag.", language="de-AT").language == "de"
assert phonemize("Guten Tag 25!", "de").phonemes.startswith("ɡˈuːtən tˈɑːk ")
anna = describe("df_anna")
assert (anna.language, voice_label(anna)) == ("de", "Anna · German woman")
assert best_first(["jf_alpha", "df_anna"]) == ("df_anna", "jf_alpha")
assert find_voices("german woman", ["df_anna", "af_heart"]) == ("df_anna",)
assert preview_request(Synthesizer(), "df_anna").text == "Hallo, ich bin Anna."
assert main(["Guten Tag.", "--voice", "df_anna", "--phonemes"]) == 0
assert main(["Guten Tag.", "--language", "de_DE", "--phonemes"]) == 0
page = build_page(FakeBackend())
accents = [block for block in page.blocks.values() if getattr(block, "label", "") == "Accent"]
assert accents
assert all("de" in [value for _, value in accent.choices] for accent in accents)
"""


def test_each_code_letter_and_alias_is_of_one_language():
    written = [code for language in TABLE for code in (language.code, *language.aliases)]
    assert len(set(written)) == len(written)
    assert all(code == code.lower() and "_" not in code for code in written)
    assert len(BY_CODE) == len(BY_LETTER) == len(TABLE)
    assert all("{}" in BY_CODE[code].preview for code in LANGUAGES)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en-us"),
        ("en-GB", "en-gb"),
        ("en_US", "en-us"),
        (" EN_au ", "en-gb"),
        ("en-CA", "en-us"),
        ("es-419", "es"),
        ("es-MX", "es"),
        ("fr", "fr-fr"),
        ("fr-CA", "fr-fr"),
        ("pt", "pt-br"),
        ("pt_BR", "pt-br"),
        ("hi-Deva-IN", "hi"),
        *((code, code) for code in LANGUAGES),
    ],
)
def test_codes_as_people_write_them(written: str, code: str):
    assert canonical_language(written) == code
    assert SpeechRequest("a", language=written) == SpeechRequest("a", language=code)


@pytest.mark.parametrize("written", ["", "tlh", "e", "english", "-", "x" * 9999])
def test_another_language_is_refused_with_the_list(written: str):
    with pytest.raises(RequestError, match=", ".join(LANGUAGES)) as refused:
        canonical_language(written)
    assert len(str(refused.value)) < 300


def test_a_language_is_a_string():
    with pytest.raises(RequestError, match="must be a string"):
        SpeechRequest("a", language=7)


def test_a_language_whose_packages_are_missing_says_how_to_install_them(monkeypatch):
    monkeypatch.setattr(languages, "LANGUAGES", tuple(code for code in LANGUAGES if code not in ("ja", "zh")))
    for written in ("ja", "zh-CN", "zh_TW"):
        with pytest.raises(RequestError, match=r"pip install -r requirements-languages\.txt"):
            canonical_language(written)
    assert readable_language("ja") == "en-us"


def test_missing_packages_are_detected_without_an_import():
    missing = replace(BY_CODE["ja"], packages=("no_such_module",))
    assert not missing.is_read
    assert BY_CODE["es"].is_read


def test_a_language_that_cannot_be_read_is_read_as_american_english():
    assert readable_language("it") == "it"
    assert set(ENGLISH) < set(LANGUAGES)


@pytest.mark.slow
def test_a_new_language_is_one_record(tmp_path):
    copy = tmp_path / "kokoro_demo"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    table = copy / "languages.py"
    before, rest = table.read_text(encoding="utf-8").split("\n)\n", 1)
    table.write_text(f"{before}\n{GERMAN}{rest}", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PACKAGE.parent)])}
    command = [sys.executable, "-c", USES]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
