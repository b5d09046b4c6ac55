"""Capitals: letters, acronyms, and shouting."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("FBI, CIA and IBM", "F B I, C I A and I B M"),
        ("AI, US, FBI and ATP", "A I, U S, F B I and A T P"),
        ("HTML, PDF, UCLA, ASAP", "H T M L, P D F, U C L A, A S A P"),
        ("QWRT and KPMG", "Q W R T and K P M G"),
        ("NASA, NATO, UNESCO and OK", "NASA, NATO, UNESCO and okay"),
        ("a BLORT", "a BLORT"),
        ("scuba and laser", "scuba and laser"),
        ("IBM's CEOs and TVs", "I B M's C E Os and T Vs"),
        ("X's and O's", "X's and O's"),
        ("the PhDs", "the P H Ds"),
        ("GPT-4 and USB-C", "G P T four and U S B C"),
        ("btw and http", "btw and http"),
        ("iOS and GmbH", "i O S and G M B H"),
    ],
)
def test_letters_and_acronyms(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("This is VERY important.", "This is VERY important."),
        ("I said NO. STOP!", "I said NO. STOP!"),
        ("GIVE US THE MONEY!", "GIVE us THE MONEY!"),
        ("The US gave us.", "The U S gave us."),
        ("THE FBI IS HERE.", "THE F B I IS HERE."),
        ("BOMBS IN THE US AGAIN", "BOMBS IN THE U S AGAIN"),
        ("DON'T PANIC. IT'S OK.", "DON'T PANIC. IT'S okay."),
    ],
)
def test_shouted_words(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


def test_shouted_words_are_words_and_initialisms_are_letters() -> None:
    kinds = {token.text: token.kind for token in normalise("GIVE US AN FBI AGENT", "en-us").tokens}
    assert kinds == {"GIVE": "word", "us": "word", "AN": "word", "FBI": "letters", "AGENT": "word"}
    assert [token.kind for token in normalise("the US team", "en-us").tokens] == ["word", "letters", "word"]


@pytest.mark.parametrize("written", ["an A.", "vitamin A helps", "A, B and C", "the A team", "A+"])
def test_the_letter_a(written: str) -> None:
    assert [token.kind for token in normalise(written, "en-us").tokens if token.text == "A"] == ["letters"]


@pytest.mark.parametrize("written", ["A dog", "A 5-year plan", "A “big” dog", "GIVE ME A BREAK"])
def test_the_article_a(written: str) -> None:
    assert [token.kind for token in normalise(written, "en-us").tokens if token.text == "A"] == ["word"]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("IT HAD rained for days.", "it HAD rained for days."),
        ("LET US GO then, said he.", "LET us GO then, said he."),
        ("KIM: Yes. ROB: No.", "KIM: Yes. ROB: No."),
        ("the US NAVY and the IT OFFICE", "the U S NAVY and the I T OFFICE"),
        ("The WHO warned us.", "The W H O warned us."),
    ],
)
def test_capitals_for_style(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
