"""The trainer of the part-of-speech model: what it learns can be loaded, and tags words in new sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from kokoro_demo.g2p.english.tagger import load_model, tag
from tools.part_of_speech import count_right, make_model, read_texts
from tools.tagged_prose import WORD, is_prose

NOUNS, VERBS = ("record", "object", "visit", "walk", "turn", "plan"), ("to", "will", "can")
TAGGED = [
    [("We", "PRP"), (verb, "TO" if verb == "to" else "MD"), (noun, "VB"), ("the", "DT"), (other, "NN"), (".", ".")]
    for verb in VERBS
    for noun in NOUNS
    for other in NOUNS
]


def test_a_model_made_of_tagged_texts_tells_nouns_from_verbs(tmp_path: Path) -> None:
    make_model(TAGGED, tmp_path / "model.npz")
    model = load_model(tmp_path / "model.npz")
    assert tag("They can plan the visit .".split(), model)[2:5] == ["VB", "DT", "NN"]
    total, exact, kind = count_right(TAGGED, tmp_path / "model.npz")
    assert total == sum(len(text) - 1 for text in TAGGED)
    assert kind >= exact > 0.95 * total


def test_texts_are_separated_by_empty_lines(tmp_path: Path) -> None:
    file = tmp_path / "tagged.tsv"
    file.write_text("Go\tVB\n.\t.\n\n\nStay\tVB\n", encoding="utf-8")
    assert list(read_texts(file)) == [[("Go", "VB"), (".", ".")], [("Stay", "VB")]]


@pytest.mark.parametrize(
    ("line", "prose"),
    [("It was a dark and stormy night.", True), ("Chapter 1", False), ("| 12.5 | 18.0 | 22.4 | 7.1 | total", False)],
)
def test_tables_and_headings_are_not_prose(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


def test_words_are_cut_as_the_text_stage_cuts_them() -> None:
    assert WORD.findall("Don’t, the cats' 2nd…") == ["Don’t", ",", "the", "cats'", "2nd", "…"]
