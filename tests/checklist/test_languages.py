"""Lists in every language: figures and abbreviations are compared as they are spoken."""

from __future__ import annotations

import pytest

from kokoro_demo.checklist import read_list
from kokoro_demo.languages import LANGUAGES
from tests.checklist.pronouncing import check

ROWS = {
    "en-us": ("Dr. Lee, 2 km", "doctor Lee, two kilometers"),
    "en-gb": ("Dr. Lee, 2 km", "doctor Lee, two kilometres"),
    "es": ("Sra. Paz, 21 casas", "señora Paz, veintiuna casas"),
    "fr-fr": ("M. Dupont, le 1er mai", "monsieur Dupont, le premier mai"),
    "hi": ("डॉ. वर्मा, ₹12.50", "डॉक्टर वर्मा, बारह रुपये पचास पैसे"),
    "it": ("Sig.ra Rossi, 28 libri", "signora Rossi, ventotto libri"),
    "pt-br": ("Dra. Souza, R$ 12,50", "doutora Souza, doze reais e cinquenta centavos"),
}


def table(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in (("text", "language", "expected"), *rows))


@pytest.mark.parametrize("language", ROWS)
def test_abbreviated_text_matches_the_phonemes_of_its_words(language: str) -> None:
    written, words = ROWS[language]
    (spelled_out,) = check(table((words, language, "")))
    assert spelled_out.phonemes
    right, wrong = check(table((written, language, spelled_out.phonemes), (written, language, "a")))
    assert right.spoken.lower() == words.lower()
    assert (right.result, wrong.result) == ("matches", "differs")


def test_one_list_may_hold_every_language() -> None:
    rows = check(table(*((written, language, "") for language, (written, _) in ROWS.items())))
    assert [row.result for row in rows] == ["read"] * len(ROWS)
    assert [row.spoken.lower() for row in rows] == [words.lower() for _, words in ROWS.values()]


def test_every_language_with_number_rules_is_tested() -> None:
    assert set(ROWS) >= {code for code in LANGUAGES if code not in ("ja", "zh")}
    assert read_list(table(("a", "fr", ""))).rows[0].language == "fr"
