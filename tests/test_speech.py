import math

import pytest

from kokoro_demo import RequestError, SpeechRequest
from kokoro_demo.speech import MAX_CHARACTERS


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": ""}, "Type some text"),
        ({"text": " \n\t"}, "Type some text"),
        ({"text": "a" * (MAX_CHARACTERS + 1)}, "20,000"),
        ({"text": None}, "must be a string"),
        ({"text": "a", "voice": " "}, "Choose a voice"),
        ({"text": "a", "voice": ["af_heart"]}, "must be a string"),
        ({"text": "a", "speed": 0.4}, "from 0.5 to 2"),
        ({"text": "a", "speed": 2.1}, "from 0.5 to 2"),
        ({"text": "a", "speed": math.nan}, "from 0.5 to 2"),
        ({"text": "a", "speed": math.inf}, "from 0.5 to 2"),
        ({"text": "a", "speed": "fast"}, "from 0.5 to 2"),
        ({"text": "a", "speed": True}, "from 0.5 to 2"),
        ({"text": "a", "seed": -1}, "seed"),
        ({"text": "a", "seed": 2**32}, "seed"),
        ({"text": "a", "seed": 1.5}, "seed"),
        ({"text": "a", "language": "tlh"}, "en-us, en-gb"),
        ({"text": "a", "lexicon": "x" * (MAX_CHARACTERS + 1)}, "lexicon"),
        ({"text": "a", "phonemes": 5}, "must be a string"),
    ],
)
def test_a_bad_request_says_what_is_wrong(values, message):
    with pytest.raises(RequestError, match=message):
        SpeechRequest(**values)


def test_equal_requests_are_one_key():
    assert {SpeechRequest("a", speed=1): 1}[SpeechRequest("a", speed=1.0)] == 1
    assert SpeechRequest("a" * MAX_CHARACTERS).text


def test_phonemes_need_no_text():
    assert SpeechRequest("", phonemes="həlˈO").phonemes == "həlˈO"
