"""Abbreviations, and the full stops that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Mr. Smith, Mrs. Jones and Ms. Lee", "Mister Smith, Missus Jones and Miz Lee"),
        ("MR. Anderson", "Mister Anderson"),
        ("Dr. Smith met Prof. Brown.", "Doctor Smith met Professor Brown."),
        ("Dr Who", "Doctor Who"),
        ("He is a Dr.", "He is a Doctor."),
        ("Gen. Lee and Sgt. Pepper", "General Lee and Sergeant Pepper"),
        ("St. John's is near St. Louis.", "Saint John's is near Saint Louis."),
        ("Elm St. is closed.", "Elm Street is closed."),
        ("I live on Elm St. She left.", "I live on Elm Street. She left."),
        ("12 Elm St.", "twelve Elm Street."),
        ("Visit St. Ives.", "Visit Saint Ives."),
        ("Mount St. Helens", "Mount Saint Helens"),
        ("5th St. and Main St.", "fifth Street and Main Street."),
        ("Rodeo Dr. The doctor.", "Rodeo Drive. The doctor."),
        ("123 Maple Dr. Springfield", "one twenty three Maple Drive Springfield"),
        ("Mt. Everest and Ft. Worth", "Mount Everest and Fort Worth"),
        ("Austin, TX 78701", "Austin, Texas seven eight seven zero one"),
        ("Portland, OR.", "Portland, Oregon."),
        ("123 N. Main St., N. Korea", "one twenty three North Main Street, North Korea"),
    ],
)
def test_titles_and_places(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("No. 5 is alive.", "Number five is alive."),
        ("No. I won't.", "No. I won't."),
        ("Vol. 2, pp. 3–5, p. 7", "Volume two, pages three to five, page seven"),
        ("Fig. 3, ch. 4, c. 1850", "Figure three, chapter four, circa eighteen fifty"),
        ("apples, etc. The rest.", "apples, et cetera. The rest."),
        ("etc. and so on", "et cetera and so on"),
        ("e.g. this, i.e. that", "for example this, that is that"),
        ("red vs. blue vs green", "red versus blue versus green"),
        ("Acme Inc. announced.", "Acme Incorporated announced."),
        ("It is Acme Inc. The company.", "It is Acme Incorporated. The company."),
        ("Smith & Co.", "Smith and Company."),
        ("Roe v. Wade", "Roe versus Wade"),
        ("Est. 1892, est. $5M", "Established eighteen ninety two, estimated five million dollars"),
        ("(b. 1892, d. 1973)", "(born eighteen ninety two, died nineteen seventy three)"),
        ("John Smith Jr. came.", "John Smith Junior came."),
    ],
)
def test_words(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The U.S. Army", "The U S Army"),
        ("I love the U.S. It is big.", "I love the U S. It is big."),
        ("the U.K. office, not the U.S.A. team", "the U K office, not the U S A team"),
        ("A.B.C", "A B C"),
        ("J.K. Rowling", "J K Rowling"),
        ("J. R. R. Tolkien", "J R R Tolkien"),
        ("George W. Bush", "George W Bush"),
        ("E. coli", "E coli"),
        ("M&Ms", "M and Ms"),
        ("Ph.D. in art", "P H D in art"),
        ("It was I. John left.", "It was I. John left."),
    ],
)
def test_letters(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("See Sec. 5 and Sec. Rubio.", "See Section five and Secretary Rubio."),
        ("88 F.3d 12 (7th Cir. 1996)", "eighty eight F third twelve (seventh Circuit nineteen ninety six)"),
        ("He is an Hon. member.", "He is an Honorable member."),
        ("Acme ltd sold it.", "Acme limited sold it."),
        ("vol 6, no. 2", "volume six, number two"),
        ("so much per oz., cash", "so much per ounce, cash"),
    ],
)
def test_abbreviations_by_their_field(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


def test_the_table_of_abbreviations_has_no_line_that_has_no_effect():
    lines = [
        line.split("\t") for line in Path("kokoro_demo/text/rules/abbreviations.tsv").read_text("utf-8").splitlines()
    ]
    assert lines.pop(0) == ["kind", "abbreviation", "spoken", "without stop", "use"]
    keys = [(kind, abbreviation) for kind, abbreviation, *_ in lines]
    assert len(keys) == len(set(keys)), "of two lines for one abbreviation, the first would be lost"
    uses = {"title": {"-", "alone"}, "word": {"-", "capital", "inside", "number"}}
    for kind, abbreviation, spoken, spellings, use in lines:
        assert spoken.strip()
        assert set(use.split()) <= uses.get(kind, {"-"}), abbreviation
        assert all(
            spelling in ("-", abbreviation) or spelling.lower() == abbreviation for spelling in spellings.split()
        )
        assert spellings == "-" or kind in uses, abbreviation
