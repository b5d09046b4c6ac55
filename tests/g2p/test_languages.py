from __future__ import annotations

import pytest

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize


@pytest.mark.parametrize(
    ("language", "text", "phonemes"),
    [
        ("es", "Hola, ¿qué tal?", "ˈola, kˈe tˈal?"),
        ("es", "Tiene 3,5 años.", "tjˈene tɾˈes kˈoma θˈinko ˈaɲos."),
        ("fr-fr", "les amis « chers »", "lez amˈi “ʃˈɛʁ”"),
        ("fr-fr", "à 10 heures", "a dˈiz ˈœʁ"),
        ("fr-fr", "qu'est-ce que c'est ?", "kɛs kə sˈɛ?"),
        ("fr-fr", "l'UE a 2 euros", "lˈyˈə a dˈøz øʁˈo"),
        ("it", "perché gli amici", "perkˌe ʎɪ amˈiʧɪ"),
        ("pt-br", "Olá!", "olˈa!"),
        ("hi", "नमस्ते।", "nəmˈʌsteː."),
    ],
)
def test_espeak_pronounces_the_other_languages_with_punctuation_and_numbers(
    language: str, text: str, phonemes: str
) -> None:
    assert phonemize(text, language).phonemes == phonemes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El niño de la casa en el monte no lo ve"),
        ("fr-fr", "Il y a des enfants dans les rues de la ville et ils ont un ami"),
        ("it", "Gli uomini della città non lo sanno e se ne vanno"),
        ("pt-br", "Não são os meus irmãos que estão na casa do amigo"),
        ("hi", "मैं घर जा रहा हूँ और वह यहाँ है"),
    ],
)
def test_every_word_keeps_its_own_phonemes(language: str, text: str) -> None:
    pronunciation = phonemize(text, language)
    assert [word.text for word in pronunciation.words] == text.split()
    assert all(word.phonemes for word in pronunciation.words)
    assert pronunciation.phonemes == " ".join(word.phonemes for word in pronunciation.words)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(RequestError, match="xx"):
        phonemize("hello", "xx")
