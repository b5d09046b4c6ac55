"""Gradio rewrites the page's style sheets: inside @media it prefixes every part of a selector list with its own
container, and it drops other at-rules. These tests find rules that this would break."""

import re
from pathlib import Path

import pytest

SHEETS = sorted(Path("kokoro_demo/ui").rglob("*.css"))
# What is never inside Gradio's container.
OUTSIDE = re.compile(r"(?:html|body|:root|\.gradio-container|\.dark|\.main|\.contain)\b")


def blocks(sheet: str) -> list[tuple[str, str]]:
    """The prelude and the content of each at-rule that has a block."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    result = []
    for opened in re.finditer(r"@[^{;]+\{", sheet):
        depth, at = 1, opened.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[at], 0)
            at += 1
        result.append((opened.group()[:-1].strip(), sheet[opened.end() : at - 1]))
    return result


def faults(sheet: str) -> list[str]:
    wrong = []
    for prelude, content in blocks(sheet):
        if not prelude.startswith(("@media", "@keyframes", "@font-face")):
            wrong.append(f"{prelude}: Gradio leaves it out")
        if not prelude.startswith("@media"):
            continue
        for selectors in re.findall(r"([^{}]+)\{[^{}]*\}", content):
            if re.search(r"\([^()]*,", selectors):
                wrong.append(f"{selectors.strip()}: Gradio cuts it at a comma inside brackets")
            parts = [part.strip() for part in selectors.split(",")]
            wrong += [f"{part}: it is not inside Gradio's container" for part in parts if OUTSIDE.match(part)]
    return wrong


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_gradio_does_not_change_the_meaning_of_our_rules(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        ("html[data-linked] .a { x: y }", 0),
        ("@media (max-width: 9px) { .a, .b { x: y } .c { x: y } }", 0),
        ("@media (max-width: 9px) { .a, html[data-linked] .b { x: y } }", 1),
        ("@media (max-width: 9px) { .gradio-container .b { x: y } body.dark .c { x: y } }", 2),
        ("@media (max-width: 9px) { .a :is(b, i) { x: y } }", 1),
        ("@supports (x: y) { .a { x: y } }", 1),
    ],
)
def test_rules_that_gradio_would_change_are_found(sheet, number):
    assert len(faults(sheet)) == number
