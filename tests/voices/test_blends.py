from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.blends import MAX_VOICES, canonical_voice, format_blend, is_blend, parse_blend
from kokoro_demo.voices.catalogue import catalogue

NAMES = st.sampled_from(sorted(catalogue()))
WEIGHTS = st.integers(0, 9_999_999).map(lambda n: n / 10_000)
BLENDS = st.lists(st.tuples(NAMES, WEIGHTS), min_size=1, max_size=MAX_VOICES, unique_by=lambda part: part[0])


def written(parts, between="+"):
    return between.join(f"{name}({weight:.4f})" for name, weight in parts)


@pytest.mark.parametrize(
    ("voice", "canonical"),
    [
        ("af_heart", "af_heart"),
        ("  af_heart ", "af_heart"),
        ("af_bella(2)+bf_emma(1)", "af_bella(2)+bf_emma"),
        ("af_bella( 4 ) + bf_emma (2)", "af_bella(2)+bf_emma"),
        ("af_bella+bf_emma", "af_bella+bf_emma"),
        ("af_bella(0.5)+bf_emma(.5)", "af_bella+bf_emma"),
        ("af_bella(0.7)+bf_emma(0.3)", "af_bella(7)+bf_emma(3)"),
        ("af_bella(2)", "af_bella"),
        ("af_bella(2)+bf_emma(0)", "af_bella"),
        ("af_bella+bf_emma+af_bella", "af_bella(2)+bf_emma"),
        ("bf_emma+am_puck+af_bella", "bf_emma+af_bella+am_puck"),
    ],
)
def test_one_way_to_write_a_blend(voice, canonical):
    assert canonical_voice(voice) == canonical
    assert SpeechRequest("Hi.", voice).voice == canonical
    assert SpeechRequest("Hi.", voice) == SpeechRequest("Hi.", canonical)


@given(BLENDS)
def test_the_canonical_form_keeps_the_shares_and_the_first_voice(parts):
    heard = {name: Fraction(f"{weight:.4f}") for name, weight in parts if weight}
    assume(heard)
    parsed = parse_blend(written(parts))
    total, whole = sum(heard.values()), sum(weight for _, weight in parsed)
    assert {name: Fraction(weight, whole) for name, weight in parsed} == {n: w / total for n, w in heard.items()}
    assert parsed[0][0] == next(iter(heard))
    assert parse_blend(format_blend(parsed)) == parsed, "what is canonical stays so"


@given(BLENDS, st.integers(1, 9), st.randoms())
def test_equal_blends_are_equal_requests(parts, times, random):
    parts = [(name, max(weight // 10, 1)) for name, weight in parts]
    more = [(name, weight * times) for name, weight in parts]
    others = more[1:]
    random.shuffle(others)
    assert canonical_voice(written(parts)) == canonical_voice(written([more[0], *others], between=" + "))


@given(st.text(max_size=60) | st.text("af_bela()+-.0129 ", max_size=40))
def test_any_text_is_a_blend_or_is_refused(voice):
    try:
        canonical = canonical_voice(voice)
    except RequestError:
        assert is_blend(voice)
        return
    assert canonical_voice(canonical) == canonical


@pytest.mark.parametrize(
    ("voice", "message"),
    [
        ("af_bella(2)-bf_emma(1)", "not taken from each other"),
        ("af_bella+", "is not part of a blend"),
        ("+af_bella", "is not part of a blend"),
        ("af_bella(2", "is not part of a blend"),
        ("(2)", "is not part of a blend"),
        ("af_bella(x)", "must be a number like"),
        ("af_bella()", "must be a number like"),
        ("af_bella(-1)+bf_emma", "must be a number like"),
        ("af_bella(1234567890)", "must be a number like"),
        ("af_bella(100000000)+bf_emma(0.0001)", "too far apart"),
        ("af_bella(nan)", "must be a number like"),
        ("af_bella(1e9)", "must be a number like"),
        ("af_bella(1_0)", "must be a number like"),
        ("af_bella(٣)", "must be a number like"),
        ("af_bella(0)+bf_emma(0)", "has the weight 0"),
        ("+".join(["af_bella"] * 9), "8 voices, not 9"),
        ("+" * 100_000, "8 voices"),
    ],
)
def test_refusals_give_the_reason(voice, message):
    with pytest.raises(RequestError, match=message):
        SpeechRequest("Hi.", voice)
