from __future__ import annotations

import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.numbers import stressed_parts
from kokoro_demo.text.languages import locale_of


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("duemilaventiquattro", "duemila ventiquattro"),
        ("millenovecentoquarantacinque", "mille novecento quarantacinque"),
        ("Centoventitré", "Cento ventitré"),
        ("duecentoventimila", "duecento ventimila"),
        ("ventuno", "ventuno"),
        ("milanese", "milanese"),
        ("centone", "centone"),
        ("", ""),
    ],
)
def test_a_long_number_has_parts(word: str, parts: str) -> None:
    assert " ".join(stressed_parts(word, "it")) == parts


def test_the_parts_of_every_number_are_the_number() -> None:
    locale = locale_of("it")
    assert locale is not None
    for number in (*range(1, 1200), *range(1200, 999_999, 1237)):
        phonemes = locale.cardinal(number)
        parts = stressed_parts(phonemes, "it")
        assert "".join(parts) == phonemes
        assert len(parts) > 1 or number <= 100 or number % 1000 == 0 or number % 100 == 0, phonemes


def test_each_part_has_a_stress_and_the_last_one_the_main_stress() -> None:
    assert phonemize("nel 2024", "it").phonemes == "nel dʊemˌilaventikwˈatːro"
    assert phonemize("centoventi", "es").phonemes.count("ˈ") == 1
