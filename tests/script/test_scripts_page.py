"""The examples of docs/scripts.md are correct."""

import re
from pathlib import Path

from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.script.cast import MAX_SPEAKERS
from kokoro_demo.script.segments import MAX_SEGMENTS
from kokoro_demo.speech import SpeechRequest

PAGE = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text("utf-8")
TEXT, CAST = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[:2]


def test_the_example_is_spoken_by_its_cast():
    parts = pronounce_without_model(SpeechRequest(TEXT, cast=CAST)).parts
    assert [(part.speaker, part.voice, part.speed) for part in parts] == [
        ("", "af_heart", 1.0),
        ("Emma", "bf_emma", 1.0),
        ("Tom", "am_adam(2)+am_echo", 1.1),
        ("Tom", "am_adam(2)+am_echo", 1.1 * 0.8),
    ]


def test_the_python_example_is_a_request():
    example = re.search(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]
    asked = {}

    class Speech:
        def save(self, path):
            asked.setdefault("saved", []).append(path)

    def generate_audio(text, **options):
        asked["request"] = SpeechRequest(text, **options)
        return Speech()

    exec(example.replace("from kokoro_demo import generate_audio", ""), {"generate_audio": generate_audio})
    assert [part.speaker for part in pronounce_without_model(asked["request"]).parts] == ["Emma", "Tom"]
    assert asked["saved"] == ["dialogue.wav", "dialogue.vtt"]


def test_the_documented_limits_are_the_real_ones():
    assert f"up to {MAX_SPEAKERS} speakers" in PAGE
    assert f"at most {MAX_SEGMENTS} times" in PAGE
