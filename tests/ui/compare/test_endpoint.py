"""/compare, as a program calls it."""

import json

import numpy as np
import pytest
import soundfile
from gradio_client.exceptions import AppError

from kokoro_demo.audio import to_int16
from tests.ui.fakes import SpeechRequest
from tests.ui.test_api import SECRET, call

TEXT = "Hello there."


def test_columns_are_made_together_and_each_is_what_generate_makes(client, backend):
    columns = [{}, {"voice": "bf_emma(3)+am_adam(1)", "speed": 0.5}, {"language": "en-gb"}, {"phonemes": "hˈI"}]
    *paths, details = client.predict(text=TEXT, columns=columns, seed=3, api_name="/compare")
    assert [detail["voice"] for detail in details] == ["af_heart", "bf_emma(3)+am_adam", "af_heart", "af_heart"]
    assert details[3]["phonemes"] == "hˈI"
    heard, _ = soundfile.read(paths[1], dtype="int16")
    asked = SpeechRequest(TEXT, "bf_emma(3)+am_adam(1)", 0.5, 3)
    np.testing.assert_array_equal(heard, to_int16(backend.speaker.speak(asked).audio))


def test_fewer_columns_leave_the_rest_empty(client):
    first, *others, details = client.predict(text=TEXT, columns=[{"voice": "bf_emma"}], api_name="/compare")
    assert first.endswith(".wav")
    assert others == [None] * 3
    assert len(details) == 1


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (None, "list of 1 to 4"),
        ([], "list of 1 to 4"),
        ([{}] * 5, "list of 1 to 4"),
        ({"voice": "af_heart"}, "list of 1 to 4"),
        (["af_heart"], "Column 1 must be an object"),
        ([{}, {"pitch": 1}], "Column 2 has an unknown field 'pitch'"),
        ([{"voice": 7}], "Column 1: voice must be a string"),
        ([{}, {"speed": "fast"}], "Column 2: Speed"),
        ([{}, {"speed": 9}], "Column 2: Speed must be from 0.5 to 2"),
        ([{}, {"language": "klingon"}], "klingon"),
        ([{}, {"voice": "af_nobody"}], "af_nobody"),
        ([{"voice": "../../etc/passwd", "language": "en-us"}], "passwd"),
        ([{"voice": "uploaded_1"}], "uploaded_1"),
    ],
)
def test_wrong_columns_are_a_clear_message_before_any_is_made(client, backend, columns, message):
    made = backend.speaker.made
    with pytest.raises(AppError, match=message):
        client.predict(text=TEXT, columns=columns, api_name="/compare")
    assert backend.speaker.made == made


def test_a_long_text_is_refused(client):
    with pytest.raises(AppError, match="Up to 1,000 characters"):
        client.predict(text="a " * 501, columns=[{}], api_name="/compare")


def test_no_log_contains_a_visitors_text(url, capfd):
    assert call(url, "compare", SECRET, [{}, {"phonemes": 7}], 0, "")[0] == "error"
    kind, detail = call(url, "compare", SECRET, [{}, {}], 0, "")
    assert kind == "complete", json.dumps(detail)
    written = capfd.readouterr()
    assert "Zebra" not in written.out + written.err
