"""Results for CI."""

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist import CheckedRow, ListRow
from kokoro_demo.checklist.junit import to_junit
from tests.checklist.pronouncing import check

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def test_each_row_is_a_test():
    suite = ElementTree.fromstring(to_junit(check("text,expected\nread,ɹˈid\nlead,lˈɛd\nhi,\n,x"), "words.csv"))[0]
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    assert [[child.tag for child in test] for test in suite] == [[], ["failure"], ["skipped"], ["error"]]
    assert suite[1].get("name") == "2: lead"
    assert (suite[1].get("file"), suite[1].get("line")) == ("words.csv", "3")
    assert "lˈ[ɛ|i]d" in suite[1][0].get("message")


def test_warnings_are_reported():
    suite = ElementTree.fromstring(to_junit(check("hi ก"), "x"))[0]
    assert "ก" in suite[0].find("system-out").text


@settings(deadline=None)
@given(any_text, any_text, any_text)
def test_any_text_is_well_formed(text, error, name):
    rows = [
        CheckedRow(ListRow(1, 1, text, expected=text), "differs", phonemes=text, warnings=(error,)),
        CheckedRow(ListRow(2, 2, text), "error", error=error),
    ]
    suite = ElementTree.fromstring(to_junit(rows, name))[0]
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    assert (suite[0][0].text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
