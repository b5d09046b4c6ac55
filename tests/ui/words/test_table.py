"""The table of words."""

from __future__ import annotations

from kokoro_demo.g2p import phonemize
from kokoro_demo.ui.words.table import words_html


def test_a_word_made_by_a_rule_names_it_once():
    table = words_html(phonemize("It cost $5.", "en-us"), {}, lambda word: "")
    assert table.count("money") == 1
    assert "<td>dictionary · money</td>" in table
