"""A script that is spoken in parts: each part begins as the whole continues there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.compiling import compile_script
from kokoro_demo.script.dialogue import openings

CAST = "Emma = bf_emma, 1.1\nTom = am_adam"
LINES = st.lists(
    st.sampled_from(
        [
            "Emma: one two",
            "Tom: three",
            "four five",
            "",
            "[voice:af_sky]six",
            "[speed:1.5]seven",
            "eight[/voice]",
            "[/speed]",
        ]
    ),
    min_size=1,
    max_size=12,
)


def spoken_by(text):
    script = compile_script(text, CAST)
    if script is None:
        return [(word, "", 1.0, "") for word in text.split() if not word.startswith("[")]
    return [
        (word, segment.voice, segment.speed, segment.speaker)
        for segment in script.segments
        for word in segment.traced.text.split()
    ]


@given(LINES, st.data())
@settings(deadline=None)
def test_two_parts_are_spoken_like_the_whole(lines, data):
    text = "\n".join(lines) + "\n"
    starts = [index + 1 for index, sign in enumerate(text[:-1]) if sign == "\n"]
    if not starts:
        return
    place = data.draw(st.sampled_from(starts))
    opening = openings(text, parse_cast(CAST), [0, place])
    assert opening[0] == ""
    parts = spoken_by(text[:place]) + spoken_by(opening[1] + text[place:])
    assert parts == spoken_by(text)
