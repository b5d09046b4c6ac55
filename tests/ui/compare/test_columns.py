import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.compare.columns import MAX_COLUMNS, MAX_TEXT, Column, columns_of, mixed, requests_of
from kokoro_demo.voices.blends import parse_blend

PAGE = SpeechRequest("Hello.", "bf_emma", 1.5, 7, "en-gb", "x = /ɛks/", "hələʊ")
PLAIN = Column("", "", 50, 1.0, "", "")


def test_a_plain_column_differs_from_the_page_only_in_speed_and_loudness():
    wanted = SpeechRequest("Hello.", "bf_emma", 1.0, 7, "en-gb", "x = /ɛks/", "hələʊ", even_loudness=True)
    assert PLAIN.request(PAGE) == wanted


def test_a_column_can_override_the_page():
    column = Column("af_heart", "am_adam", 25, 0.5, "es", "ola")
    wanted = SpeechRequest("Hello.", "af_heart(3)+am_adam", 0.5, 7, "es", "x = /ɛks/", "ola", even_loudness=True)
    assert column.request(PAGE) == wanted


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(1, 9), st.integers(1, 9))
def test_a_blend_keeps_its_own_shares_beside_the_second_voice(share, first_share, second_share):
    voice = SpeechRequest("Hi.", mixed(f"af_heart({first_share})+bf_emma({second_share})", "am_adam", share)).voice
    weights = dict(parse_blend(voice))
    total = sum(weights.values())
    assert weights.get("am_adam", 0) / total == pytest.approx(share / 100)
    assert weights.get("af_heart", 0) * second_share == weights.get("bf_emma", 0) * first_share


@pytest.mark.parametrize("share", [-1, 101, float("nan"), "50", None, True])
def test_a_share_is_from_0_to_100(share):
    with pytest.raises(RequestError, match="from 0 to 100"):
        mixed("af_heart", "bf_emma", share)


def test_columns_are_split_from_their_values():
    values = [value for at in range(MAX_COLUMNS) for value in (f"voice {at}", "", 50, 1.0, "", "")]
    assert [column.voice for column in columns_of(values, 3)] == ["voice 0", "voice 1", "voice 2"]


def test_an_error_names_its_column():
    with pytest.raises(RequestError, match=r"^Column 2: Speed must be"):
        requests_of(PAGE, [PLAIN, Column("", "", 50, 9.0, "", "")])
    with pytest.raises(RequestError, match=r"1,001"):
        requests_of(SpeechRequest("x" * (MAX_TEXT + 1)), [PLAIN])
