"""Blind listening: columns without names, in an order that the request's seed decides, and links that hold a test."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_CODE
from kokoro_demo.share import share_link
from kokoro_demo.speech import MAX_SPEED, MIN_SPEED, SpeechRequest
from kokoro_demo.ui.compare.columns import MOST, Column
from kokoro_demo.voices.catalogue import UPLOADED

# Of what a link holds; four columns with phonemes for the longest text that is compared are less.
MAX_TEST = 40_000
TAKEN_JS = "() => new URLSearchParams(location.hash.slice(1)).get('compare') ?? ''"
LETTERS = "ABCD"


def shuffled(count: int, seed: int) -> list[int]:
    """The columns in the order in which they are heard, the same for everybody with this seed."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return order


def blind_link(page: SpeechRequest, columns: Sequence[Column], base_url: str) -> str:
    """The link that opens the same blind test. All of it is in the hash, which no server sees.

    Raises:
        RequestError: if a column has a voice pack of the visitor's own.
    """
    if any(name.startswith(UPLOADED) for column in columns for name in (column.voice, column.second)):
        raise RequestError("A voice pack of your own is not in a link. Choose other voices for a test to send.")
    link = share_link(page, base_url)
    place, mark = base_url.partition("#")[0].partition("?")[0], "?" if "?" in link else "#"
    test = json.dumps([column._asdict() for column in columns], ensure_ascii=False)
    return f"{place}#{link.partition(mark)[2]}&{urlencode({'compare': test})}"


def columns_in_link(held: str, voices: Sequence[str]) -> list[Column]:
    """The columns of a test that a link holds; [] if it holds none that can be made.

    voices: the names of those that there are; the page's own takes the place of any other.
    """
    if not held or len(held) > MAX_TEST:
        return []
    try:
        values = json.loads(held)
    except (ValueError, RecursionError):
        return []
    if not isinstance(values, list) or not 2 <= len(values) <= MOST or not all(isinstance(one, dict) for one in values):
        return []
    return [_column(value, voices) for value in values]


def _column(value: dict[str, Any], voices: Sequence[str]) -> Column:
    def known(name: str, names: Any) -> str:
        text = value.get(name)
        return text if isinstance(text, str) and text in names else ""

    def number(name: str, low: float, high: float, usual: float) -> float:
        given = value.get(name, usual)
        fits = isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
        return given if fits and low <= given <= high else usual

    phonemes = value.get("phonemes")
    return Column(
        known("voice", voices),
        known("second", voices),
        number("share", 0, 100, 50),
        number("speed", MIN_SPEED, MAX_SPEED, 1.0),
        known("language", BY_CODE),
        phonemes if isinstance(phonemes, str) else "",
    )
