"""The trainer of the senses' model: what it learns can be loaded and decides; invalid rows are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("scipy")

from kokoro_demo.g2p.english.senses import choose, load_weights
from tests.g2p.tables import rows
from tools.senses import PHRASES, make_model, read_labelled, read_phrases, validate

HEADER = "homograph\twordid\tsentence\tstart\tend\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Labelled sentences in the form of the Wikipedia Homograph Data."""
    fish = [f"The {kind} bass swam in the {water}." for kind in ("old", "big", "sea") for water in ("lake", "pond")]
    music = [f"The {kind} bass played in the {place}." for kind in ("old", "big", "new") for place in ("hall", "band")]
    lines = [f"bass\tbass_corp\t{text}\t8\t12\n" for text in fish] + [f"bass\tbass\t{text}\t8\t12\n" for text in music]
    (tmp_path / "bass.tsv").write_text(
        HEADER + "".join(lines) + "bass\tbass_unknown\tA bass.\t2\t6\n", encoding="utf-8"
    )
    return tmp_path


def test_a_model_made_of_labelled_sentences_chooses(folder: Path) -> None:
    examples = list(read_labelled(folder))
    assert len(examples) == 12
    make_model(examples, folder / "model.npz")
    weights = load_weights(folder / "model.npz")
    chosen = [choose(example.choice, example.sentence, example.place, weights) for example in examples]
    assert chosen == ["bˈæs"] * 6 + ["bˈAs"] * 6


def test_validation_reports_rules_and_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validate(list(read_labelled(folder)))
    assert "of 12 right" in capsys.readouterr().out


def test_a_capital_or_a_later_place_is_found(folder: Path) -> None:
    text = "Bass and bass.\t9\t13"
    (folder / "bass.tsv").write_text(f"{HEADER}bass\tbass\t{text}\n", encoding="utf-8")
    (example,) = read_labelled(folder)
    assert example.place == 2


@pytest.mark.parametrize("row", ["bass\tmusic\tno such word", "bass\tbeer\ta pint of bass"])
def test_a_phrase_without_its_word_or_sense_is_refused(tmp_path: Path, row: str) -> None:
    table = tmp_path / "phrases.tsv"
    table.write_text(f"word\tsense\tphrase\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"phrases\.tsv"):
        list(read_phrases(table))


def test_no_sentence_is_both_learned_and_tested() -> None:
    learned = {line.split("\t")[2].lower() for line in PHRASES.read_text(encoding="utf-8").splitlines()}
    tested = {row["sentence"].lower() for name in ("heteronyms", "heteronym_compounds") for row in rows(f"{name}.tsv")}
    assert not learned & tested
