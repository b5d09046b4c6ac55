"""Markdown, HTML and the layout of plain text."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("You *shouldn't* panic", "You shouldn't panic"),
        ("**bold**, _under_, ***both***, ~~gone~~", "bold, under, both, gone"),
        ("`code` and ``more``", "code and more"),
        ("# Heading\n\nText", "Heading. Text"),
        ("- one\n- two\n* three", "one. two. three"),
        ("1. one\n2. two", "one. one. two. two"),
        ("1) one\n2) two", "one. one. two. two"),
        ("> quoted\n\n---\nend", "quoted. end"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a, b. one, two"),
        ("```py\nrun()\n```\nend", "run. end"),
        ("- [x] done", "done"),
        ("[a link](https://x.org/y) and ![a picture](a.png)", "a link and a picture"),
        ("[docs][1] here\n\n[1]: https://x.org", "docs here"),
        ("<https://x.org>", "x dot org"),
        ("a footnote[1] and another.[2][3] See[^1].", "a footnote and another. See."),
        ("as shown [4].", "as shown."),
        ("word¹ and more²", "word and more"),
    ],
)
def test_marks(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Tom &amp; Jerry&#39;s &nbsp; &copy;", "Tom and Jerry's copyright"),
        ('<b>bold</b> and <i class="x">more</i>', "bold and more"),
        ("one<br/>two<p>three</p>", "one. two. three"),
        ("a < b > c", "a less than b greater than c"),
        ("a<!-- hidden -->b", "ab"),
    ],
)
def test_html(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Title.\n.\n.\nAnd more.", "Title. And more."),
        ("One\nTwo", "One. Two"),
        ("hello\nworld", "hello world"),
        ("a wrapped line\nthat goes on", "a wrapped line that goes on"),
        ("end\n", "end"),
        ("Dear John,\nHow are you?", "Dear John, How are you?"),
        ("***\n---", ""),
    ],
)
def test_lines(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
