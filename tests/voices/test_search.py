import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.voices.catalogue import best_first, catalogue, describe
from kokoro_demo.voices.search import find_voices

NAMES = best_first(catalogue())


def voices_with(**features):
    return tuple(
        name for name in NAMES if all(getattr(describe(name), key) in value for key, value in features.items())
    )


BRITISH_MEN = voices_with(language=["en-gb"], gender=["M"])


@pytest.mark.parametrize(
    "query", ["british man", "Man, British", " BRITISH  MALE ", "a british male voice", "brit man", "UK gentleman"]
)
def test_british_men(query):
    assert find_voices(query, NAMES) == BRITISH_MEN


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", NAMES),
        ("a voice", NAMES),
        ("female", voices_with(gender=["F"])),
        ("male", voices_with(gender=["M"])),
        ("american female grade a", ("af_heart", "af_bella")),
        ("american woman A-", ("af_bella",)),
        ("woman a", ("af_heart", "af_bella")),
        ("grade b", voices_with(grade=["B", "B-", "B+"])),
        ("b-", voices_with(grade=["B-"])),
        ("whisper", ("af_nicole",)),
        ("heart", ("af_heart",)),
        ("bf_emma", ("bf_emma",)),
        ("emma", ("bf_emma",)),
        ("français", ("ff_siwis",)),
        ("martian", ()),
        ("british man grade a", ()),
    ],
)
def test_found_by_words(query, expected):
    assert find_voices(query, NAMES) == expected


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_words_find_some_of_the_voices_in_their_order(query):
    result = find_voices(query, NAMES)
    assert [name for name in NAMES if name in result] == list(result)


@settings(deadline=None)
@given(st.sampled_from(NAMES))
def test_every_voice_is_found_by_its_name(name):
    assert name in find_voices(name, NAMES)
