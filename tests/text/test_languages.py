"""The other languages: characters, punctuation and figures are read."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (
            "es",
            "¿Cómo estás? ¡Bien! «Hola» 3,5 % de 1.000 €",
            "Cómo estás? Bien! “Hola” tres coma cinco por ciento de mil euros",
        ),
        ("fr-fr", "« Bonjour ! » l’homme a 25 ans : *oui*", "“Bonjour!” l'homme a vingt-cinq ans: oui"),
        ("hi", "नमस्ते दुनिया। आप कैसे हैं? १२३", "नमस्ते दुनिया. आप कैसे हैं? एक सौ तेईस"),
        ("it", "L'Italia è bella, perché no? 1° maggio", "L'Italia è bella, perché no? primo maggio"),
        (
            "pt-br",
            "Não: R$ 5,00; 20/03/2024 às 10:30",
            "Não: cinco reais; vinte de março de dois mil e vinte e quatro às dez e trinta",
        ),
        ("pt-br", "(11) 98765-4321", "um um nove oito sete seis cinco quatro três dois um"),
    ],
)
def test_text(language: str, written: str, spoken: str) -> None:
    assert normalise(written, language).spoken == spoken


def test_hindi_words_are_whole() -> None:
    assert [token.text for token in normalise("हिन्दी में", "hi").tokens] == ["हिन्दी", "में"]
