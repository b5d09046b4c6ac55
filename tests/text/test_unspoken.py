"""What is written for machines or for the eye: reasoning, citations, hyphenated words, formulas."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("<think>First, 2 + 2.</think>\nIt is four.", "It is four."),
        ("<thinking>\nA\n<think>B</think>\n</thinking>Yes.", "Yes."),
        ("<tool_call>{'city': 'Rome'}</tool_call>It is sunny.", "It is sunny."),
        ("<think>[not](said) [pause:1s]</think>Hello.", "Hello."),
    ],
)
def test_reasoning_is_left_out_with_one_warning(written: str, spoken: str) -> None:
    result = normalise(written, "en-us")
    assert result.spoken == spoken
    assert len(result.warnings) == 1


def test_an_unmatched_tag_loses_no_words() -> None:
    assert normalise("<think> It is late.", "en-us").spoken == "It is late."
    assert normalise("It is late. </think> Good night.", "en-us").spoken == "It is late. Good night."


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Water boils [4][5] here.", "Water boils here."),
        ("Many agree [2, 5, 9] on it.", "Many agree on it."),
        ("Rates rose【12†report.pdf】 in May.", "Rates rose in May."),
        ("They left.7 Nobody knew.", "They left. Nobody knew."),
        ("“I won.”3 She smiled.", "“I won.” She smiled."),
        ("It froze.⁷ Then it thawed.", "It froze. Then it thawed."),
    ],
)
def test_notes_are_left_out_with_one_warning(written: str, spoken: str) -> None:
    result = normalise(written, "en-us")
    assert result.spoken == spoken
    assert len(result.warnings) == 1


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Press [2] now.", "Press (two) now."),
        ("It grew by 4.3 Then", "It grew by four point three Then"),
        ("See vol.2 Then", "See volume two Then"),
    ],
)
def test_numbers_that_are_not_notes_are_spoken(written: str, spoken: str) -> None:
    result = normalise(written, "en-us")
    assert result.spoken == spoken
    assert not result.warnings


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("a compu-\nter program", "a computer program"),
        ("a compu\u00ad\nter program", "a computer program"),
        ("a compu¬\nter program", "a computer program"),
        ("a half-\nopen door", "a half open door"),
        ("5¬6", "five not six"),
    ],
)
def test_words_divided_by_line_ends_are_joined(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Then $F = ma$ holds.", "Then F equals m a holds."),
        (r"so \(x^2 + y^2\) grows", "so x squared plus y squared grows"),
        (r"$\frac{1}{n}$ of it", "one over n of it"),
        (r"$\alpha \leq 3$", "alpha less than or equal to three"),
        ("between $5 and $6 now", "between five dollars and six dollars now"),
        ("10<sup>4</sup> of x<sup>2</sup>", "ten to the fourth of x squared"),
        ("the 4<sup>th</sup> of H<sub>2</sub>O", "the fourth of H two O"),
        ("K⁺ and Mg²⁺ and SO₄²⁻", "K plus and M G two plus and SO four two minus"),
        ("4**2 is 16", "four squared is sixteen"),
    ],
)
def test_formulas(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken.replace("Mg", "M G") == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("I <3 it!", "I love it!"),
        ("Thanks :) bye", "Thanks bye"),
        ("one\\\ntwo", "one two"),
        ("[Kokoro](kˈOkəɹO)", "Kokoro"),
        ("(softly,) and", "(softly,) and"),
        ("See https://x.org/how-to-win", "See x dot org slash how to win"),
        ('<say-as interpret-as="digits">409</say-as>', "four zero nine"),
    ],
)
def test_chat_and_markup(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize("text", ["He left¹ and Mary² stayed.", "He left.¹ Then¹² more"])
def test_footnote_marks_are_left_out_with_one_warning(text: str) -> None:
    spoken = normalise(text, "en-gb")
    assert not any(mark in spoken.spoken for mark in "¹²")
    assert spoken.warnings == ("Marks of citations and footnotes are left out, such as “¹”.",)


def test_a_negative_power_is_not_a_footnote() -> None:
    assert normalise("It is 5 in mol⁻¹.", "en-us").spoken == "It is five in mol to the power of minus one."


def test_phonemes_without_their_slashes_are_phonemes() -> None:
    (token,) = normalise("[Kokoro](kˈOkəɹO)", "en-us").tokens
    assert token.phonemes == "kˈOkəɹO"


def test_reasoning_in_square_brackets_is_left_out() -> None:
    spoken = normalise("[THINK]Let me see.[/THINK]It is 5.", "en-us")
    assert spoken.spoken == "It is five."
    assert spoken.warnings == ("The text between [THINK] and [/THINK] is left out.",)


@pytest.mark.parametrize(
    "text",
    [
        "<|im_start|>assistant\nHello<|im_end|>",
        "<|start_header_id|>user<|end_header_id|> Hello <|eot_id|>",
        "<|endoftext|> Hello",
    ],
)
def test_the_marks_of_a_chat_template_are_left_out(text: str) -> None:
    assert normalise(text, "en-us").spoken == "Hello"
