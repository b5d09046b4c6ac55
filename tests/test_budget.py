import pytest

from kokoro_demo.budget import MAX_CHARACTERS, check_frames, check_length
from kokoro_demo.errors import RequestError


def test_ordinary_use_reaches_no_limit():
    check_length(MAX_CHARACTERS + 2_000, 0.5, 1_000 * 0.5)
    # Each number in a table becomes five times as many sounds.
    check_length(5 * MAX_CHARACTERS, 1.0, 0.0)


@pytest.mark.parametrize("symbols", [1, 10, 100, 510])
@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_no_official_voice_reaches_the_limit_of_frames(symbols, speed):
    check_frames(round((60 + 4 * symbols) / speed), symbols, speed)


def test_each_limit_says_which_it_is_and_what_to_do():
    with pytest.raises(RequestError, match=r"The pauses in this text add up to 5 hours; at most 15 minutes.*Shorten"):
        check_length(1, 1.0, 18_000)
    with pytest.raises(RequestError, match=r"about 3\.9 hours of speech; at most 2 hours.*in parts"):
        check_length(200_000, 1.0, 0)
    with pytest.raises(RequestError, match=r"312 seconds for a phrase of 500 sounds.*Choose another voice"):
        check_frames(12_500, 500, 1.0)
