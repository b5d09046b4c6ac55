"""The style sheets are nested in one selector. These tests find rules that this would break."""

import re

import pytest

from kokoro_demo.ui.style_sheet import HERE, PARENT, ROOT, style_sheet

NESTED = sorted(set(HERE.rglob("*.css")) - {ROOT})
# Never inside the root element; "&" stands for it.
OUTSIDE = re.compile(r"(?:html|:root)\b")


def faults(sheet: str) -> list[str]:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    wrong = [f"{rule}: must not be nested" for rule in re.findall(r"@(?!media)[\w-]+", sheet)]
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", sheet) for part in rule.split(",")]
    return [*wrong, *(f"{part}: is not inside the root element" for part in selectors if OUTSIDE.match(part))]


@pytest.mark.parametrize("path", NESTED, ids=lambda path: path.name)
def test_every_rule_can_be_nested(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        ("&[data-linked] .a, .b { x: y }", 0),
        ("@media (max-width: 9px) { .a :is(b, i) { x: y } }", 0),
        ("html[data-linked] .a { x: y }", 1),
        ("@media (max-width: 9px) { .a, :root .b { x: y } }", 1),
        ("@keyframes show { to { x: y } }", 1),
        ("@supports (x: y) { .a { x: y } }", 1),
    ],
)
def test_rules_that_cannot_be_nested_are_found(sheet, number):
    assert len(faults(sheet)) == number


def test_the_sheet_has_all_of_them():
    sheet = style_sheet()
    root, _, nested = sheet.partition(f"{PARENT} {{")
    assert ROOT.read_text("utf-8") in root
    assert all(path.read_text("utf-8") in nested for path in NESTED)
    assert sheet.count("{") == sheet.count("}")
