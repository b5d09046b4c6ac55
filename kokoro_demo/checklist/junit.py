"""A checked list as JUnit XML for CI: each row is a test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kokoro_demo.checklist.check import CheckedRow, count_results
from kokoro_demo.checklist.difference import marked

# Characters that XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHOWN = 80


def to_junit(rows: Sequence[CheckedRow], name: str) -> bytes:
    """Return one ``testsuite``: a row that differs fails, one that cannot be checked is an error, and one with nothing
    expected is skipped.

    name: the name of the list.
    """
    counted = count_results(rows)
    counts = {
        "tests": len(rows),
        "failures": counted["differs"],
        "errors": counted["error"],
        "skipped": counted["read"],
    }
    attributes = {"name": _xml(name), **{key: str(value) for key, value in counts.items()}}
    root = Element("testsuites", attributes)
    suite = SubElement(root, "testsuite", attributes)
    for checked in rows:
        _add_test(suite, checked, name)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_test(suite: Element, checked: CheckedRow, name: str) -> None:
    row = checked.row
    text = " ".join(row.text.split())
    title = f"{row.number}: {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}"
    test = SubElement(
        suite, "testcase", {"classname": _xml(name), "name": _xml(title), "file": _xml(name), "line": str(row.line)}
    )
    if checked.result == "differs":
        message = f"expected {row.expected}, is {checked.phonemes}: {marked(checked.difference)}"
        SubElement(test, "failure", {"message": _xml(message), "type": "differs"}).text = _xml(row.text)
    elif checked.result == "error":
        SubElement(test, "error", {"message": _xml(checked.error), "type": "error"}).text = _xml(row.text)
    elif checked.result == "read":
        SubElement(test, "skipped", {"message": _xml(f"nothing expected; is {checked.phonemes}")})
    if checked.warnings:
        SubElement(test, "system-out").text = _xml("\n".join(checked.warnings))


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
