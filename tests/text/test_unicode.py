"""Different encodings of one character, other scripts, and the way back to the written text."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("ﬁne ﬂow Ｈｅｌｌｏ １２", "fine flow Hello twelve"),
        ("𝐁𝐨𝐥𝐝 ① Part Ⅳ, 5㎞", "Bold one Part four, five kilometers"),
        ("zero\u200bwidth so\u00adft \ufeffmark", "zerowidth soft mark"),
        ("no\u00a0break\u202fspace\u3000wide\ttab", "no break space wide tab"),
        ("at 5\u202fAM", "at five am"),
        ("cafe\u0301 nai\u0308ve Zürich", "café naïve Zürich"),
        ("“curly” ‘single’ „low“ «pointed»", "“curly” “single” “low” “pointed”"),
        ("wait… no——yes‑no", "wait… no—yes no"),
        ("٣ and १२", "three and twelve"),
        ("α, β and π", "alpha, beta and pi"),
        ("10 µm and 5 μg", "ten micrometers and five micrograms"),
    ],
)
def test_forms_of_characters(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Москва", "Moskva"),
        ("Αθήνα", "Athina"),
        ("カタカナ", "katakana"),
        ("きって", "kitte"),
        ("しゃしん", "shashin"),
        ("서울", "seoul"),
    ],
)
def test_alphabetic_scripts_are_transliterated_with_a_warning(written: str, spoken: str) -> None:
    result = normalise(written, "en-us")
    assert result.spoken == spoken
    assert any(written in warning for warning in result.warnings)


@pytest.mark.parametrize("written", ["漢字とかな", "עברית", "ไทย"])
def test_scripts_that_need_a_dictionary_are_reported_and_not_spelled(written: str) -> None:
    result = normalise(f"so {written} it is", "en-us")
    assert result.spoken == "so it is"
    assert any(written[:2] in warning for warning in result.warnings)
    assert [token.kind for token in result.tokens if token.start == 3] == ["silent"]


def test_chinese_words_are_left_for_g2p_and_japanese_ones_are_not() -> None:
    assert normalise("The word 朋友 means friend.", "en-us").spoken == "The word 朋友 means friend."
    japanese = normalise("学校 is がっこう", "en-us")
    assert japanese.spoken == "is gakkou"
    assert any("学校" in warning for warning in japanese.warnings)
    assert any("学校" in warning for warning in normalise("el 学校", "es").warnings)


def test_emoji_are_silent_and_reported_once() -> None:
    result = normalise("Yes 😀😀 no 👨\u200d👩\u200d👧, yes 😀😀 :-) <3", "en-us")
    assert result.spoken == "Yes no, yes"
    assert result.warnings == ("2 symbols are not spoken: 😀😀 👨\u200d👩\u200d👧",)


def test_each_token_has_its_span_in_the_written_text() -> None:
    written = "The ﬁrst of\u00a0them’s $5 &amp; **10 km**."
    spans = [(token.text, written[token.start : token.end]) for token in normalise(written, "en-us").tokens]
    assert spans == [
        ("The", "The"),
        ("first", "ﬁrst"),
        ("of", "of"),
        ("them's", "them’s"),
        ("five", "$5"),
        ("dollars", "$5"),
        ("and", "&amp;"),
        ("ten", "10 km"),
        ("kilometers", "10 km"),
        (".", "."),
    ]


def test_each_token_names_the_rule_that_made_it() -> None:
    rules = {token.text: token.rule for token in normalise("The 2nd of us paid $5 -- on 3/4/2025", "en-us").tokens}
    assert rules["The"] == rules["of"] == rules["us"] == rules["paid"] == ""
    assert (rules["second"], rules["dollars"], rules["—"], rules["March"]) == ("ordinal", "money", "dash", "date")


def test_an_unspoken_symbol_is_reported() -> None:
    result = normalise("Kokoro™ and Acme®", "en-us")
    assert result.spoken == "Kokoro and Acme"
    assert result.warnings == ("2 symbols are not spoken: ™ ®",)


def test_a_word_with_vowel_signs_is_one_word_that_is_left_out() -> None:
    spoken = normalise("The word नमस्ते is a greeting.", "en-us")
    assert spoken.spoken == "The word is a greeting."
    assert len(spoken.warnings) == 1
    assert "नमस्ते" in spoken.warnings[0]
