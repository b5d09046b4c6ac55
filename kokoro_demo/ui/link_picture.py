"""The preview picture that chats show for a link: its text, its voice, and an ornamental waveform."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import gradio as gr
from PIL import Image, ImageDraw, ImageFont

from kokoro_demo.bounded_cache import BoundedCache

SIZE = (1200, 630)
MARGIN = 84
PAPER, INK, SOFT, ACCENT, LINE = "#faf9f7", "#26231f", "#6b655d", "#2e6495", "#cfc8bd"
NAME, TAGLINE = "Kokoro", "Text to speech"
# Font sizes, and the number of lines that a text may take at each; the first at which it fits is used.
LETTERING = ((84, 2), (64, 3), (50, 4))
MAX_LENGTH = 240  # characters
# The page's typeface, which comes with Gradio: Latin, Greek, and Cyrillic.
TYPEFACE = Path(gr.__file__).parent / "templates/frontend/static/fonts/IBMPlexSans/IBMPlexSans-Regular.woff2"

Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont
_pictures: BoundedCache[tuple[str, str], bytes] = BoundedCache(64)


def link_picture(text: str, voice: str) -> bytes:
    """Return a PNG of 1200 x 630 pixels.

    text: "" for the page itself. A text with letters that the typeface lacks is left out.
    voice: its label, or "".
    """
    return _pictures.get_or_make((text[:MAX_LENGTH], voice[:60]), lambda: _draw(" ".join(text.split()), voice[:60]))


def _draw(text: str, voice: str) -> bytes:
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, MARGIN), NAME, INK, _font(46), anchor="ls")
    pen.text((MARGIN + _font(46).getlength(NAME) + 22, MARGIN), TAGLINE, SOFT, _font(28), anchor="ls")
    pen.line((MARGIN, MARGIN + 34, SIZE[0] - MARGIN, MARGIN + 34), LINE, 2)
    shown = text[:MAX_LENGTH] if _has_letters(text) else ""
    _write_text(pen, shown or "Type a text, choose a voice, listen.")
    _draw_play_button(pen, 500)
    _draw_waveform(pen, text or TAGLINE, 500)
    if voice and _has_letters(voice):
        pen.text((MARGIN, SIZE[1] - 44), f"Voice: {voice}", SOFT, _font(30), anchor="ls")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _write_text(pen: ImageDraw.ImageDraw, text: str) -> None:
    width = SIZE[0] - 2 * MARGIN
    for size, most in LETTERING:
        font = _font(size)
        lines = _lines(text, font, width)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], font, width)]
    step = size * 1.24
    top = 272 - (len(lines) - 1) * step / 2
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * step), line, INK, font, anchor="lm")


def _lines(text: str, font: Font, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        # A word longer than a line is broken.
        while font.getlength(word) > width:
            fits = next(count for count in range(len(word) - 1, 0, -1) if font.getlength(word[:count]) <= width)
            lines[-1], word = word[:fits], word[fits:]
            lines.append("")
        lines[-1] = word
    return lines


def _shortened(line: str, font: Font, width: float) -> str:
    while font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;:.')}…"


def _draw_play_button(pen: ImageDraw.ImageDraw, middle: int) -> None:
    pen.ellipse((MARGIN, middle - 42, MARGIN + 84, middle + 42), ACCENT)
    left = MARGIN + 33
    pen.polygon([(left, middle - 21), (left, middle + 21), (left + 32, middle)], PAPER)


def _draw_waveform(pen: ImageDraw.ImageDraw, text: str, middle: int) -> None:
    """An ornament that looks like a waveform of the text: vowels are loud; spaces and punctuation are quiet."""
    left, right, step = MARGIN + 116, SIZE[0] - MARGIN, 10
    count = (right - left) // step
    letters = text[:MAX_LENGTH].lower()
    for bar in range(count):
        letter = letters[bar * len(letters) // count]
        loud = 0.9 if letter in "aeiouyäöüéèêáàíóú" else 0.3 + 0.07 * (ord(letter) % 7) if letter.isalnum() else 0.06
        half = max(3.0, 42 * loud)
        x = left + bar * step
        pen.rounded_rectangle((x, middle - half, x + 5, middle + half), 2, ACCENT if bar < count * 0.3 else LINE)


def _has_letters(text: str) -> bool:
    """Whether the typeface has all letters of a text. Letters that it lacks are all drawn as the same box."""
    font = _font(28)
    box = bytes(font.getmask("\uffff"))
    return any(map(str.isalnum, text)) and not any(
        bytes(font.getmask(letter)) == box for letter in set(text[:MAX_LENGTH]) if not letter.isspace()
    )


@lru_cache(maxsize=8)
def _font(size: int) -> Font:
    return ImageFont.truetype(TYPEFACE, size) if TYPEFACE.exists() else ImageFont.load_default(size)
