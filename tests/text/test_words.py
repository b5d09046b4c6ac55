"""Apostrophes, contractions, quotation marks and hyphens."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("No, it wasn’t.", "No, it wasn't."),
        ("won`t isn´t she‘ll itʼs", "won't isn't she'll it's"),
        ("how're, what're and where're", "how are, what are and where are"),
        ("You’re and we're", "You're and we're"),
        ("Howre you? Youre early.", "How are you? You are early."),
        ("dont, cant, wont, Im, ive", "don't, can't, won't, I'm, I've"),
        ("were, well, its, Therefore", "were, well, its, Therefore"),
        ("'em, 'twas, movin' and 'cause", "'em, 'twas, movin' and 'cause"),
        ("rock 'n' roll", "rock 'n' roll"),
        ("'sup, goin' 'round", "'sup, goin' 'round"),
        ("The dogs' bowls, James's hat", "The dogs' bowls, James's hat"),
    ],
)
def test_apostrophes(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("‘Test’ and ‘Example’", "“Test” and “Example”"),
        ("'Go,' she said.", "“Go,” she said."),
        ("\"It's 'fine',\" he said.", "“It's “fine”,” he said."),
        ("'the dogs' dinner'", "“the dogs' dinner”"),
        ("«Oui» „Ja“", "“Oui” “Ja”"),
        ('He said "it\'s 5\'10" tall".', "He said “it's five foot ten tall”."),
        ("``Hello''", "“Hello”"),
    ],
)
def test_quotation_marks(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Hello!!! What?! Really???", "Hello! What?! Really?"),
        ("Wait... what", "Wait… what"),
        ("yes -- no", "yes — no"),
        ("ok - fine – good—bad", "ok — fine — good—bad"),
        ("a ,, b", "a, b"),
        ("[maybe] {so}", "(maybe) (so)"),
        ("(quietly,) and", "(quietly,) and"),
        ("“Well,” (he said;) yes", "“Well,” (he said;) yes"),
        ("(so , ) and (,) no", "(so,) and no"),
        ("wait . . .", "wait…"),
        ("...", ""),
        ("…and so", "and so"),
        ("?!", ""),
    ],
)
def test_punctuation(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


def test_a_hyphen_joins_two_words() -> None:
    first, second = normalise("daisy-chain", "en-us").tokens
    assert (first.text, first.joined) == ("daisy", False)
    assert (second.text, second.joined, second.start, second.end) == ("chain", True, 6, 11)
