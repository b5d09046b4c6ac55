"""The log as JSON."""

import json
import logging
import sys

import pytest

from kokoro_demo.ui.json_log import JsonFormatter, configure_json_log


def test_a_record_is_one_line_and_has_only_the_type_of_an_exception():
    try:
        raise ValueError("a visitor's text")
    except ValueError:
        record = logging.LogRecord("kokoro_demo.ui", logging.ERROR, "x.py", 1, "two\nlines %s", ("é",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "visitor" not in line
    read = json.loads(line)
    assert (read["level"], read["message"], read["error"]) == ("ERROR", "two\nlines é", "ValueError")


@pytest.mark.parametrize(("value", "changes"), [("json", True), ("JSON", True), ("", False), ("text", False)])
def test_only_the_value_json_changes_the_log(monkeypatch, value, changes):
    monkeypatch.setenv("KOKORO_LOG", value)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(
        logging, "basicConfig", lambda **options: root.handlers.__setitem__(slice(None), options["handlers"])
    )
    try:
        configure_json_log()
        assert (root.handlers != before) == changes
    finally:
        root.handlers[:] = before
        root.setLevel(level)
