"""Blind tests: columns without names, shuffled by the request's seed; and links that hold a test."""

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
from kokoro_demo.ui.compare.columns import MAX_COLUMNS, Column
from kokoro_demo.voices.catalogue import UPLOADED

# Characters of a test in a link; four columns with phonemes for the longest text are shorter.
MAX_TEST = 40_000
TEST_IN_LINK_JS = "() => new URLSearchParams(location.hash.slice(1)).get('compare') ?? ''"
LETTERS = "ABCD"


def shuffled(count: int, seed: int) -> list[int]:
    """The order in which the columns are shown. It depends only on the seed."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return order


def blind_link(page: SpeechRequest, columns: Sequence[Column], base_url: str) -> str:
    """Return the link that opens the same blind test. All of it is in the hash, which no server sees.

    Raises:
        RequestError: if a column uses a voice pack that the visitor uploaded.
    """
    if any(name.startswith(UPLOADED) for column in columns for name in (column.voice, column.second)):
        raise RequestError("Links to tests cannot contain your own voice packs. Choose other voices.")
    link = share_link(page, base_url)
    page_url, mark = base_url.partition("#")[0].partition("?")[0], "?" if "?" in link else "#"
    test = json.dumps([column._asdict() for column in columns], ensure_ascii=False)
    return f"{page_url}#{link.partition(mark)[2]}&{urlencode({'compare': test})}"


def columns_in_link(test: str, voices: Sequence[str]) -> list[Column]:
    """Return the columns of the test in a link; [] if there is no valid test.

    voices: the names of the available voices. Unknown voices in the link are replaced by the page's.
    """
    if not test or len(test) > MAX_TEST:
        return []
    try:
        values = json.loads(test)
    except (ValueError, RecursionError):
        return []
    if (
        not isinstance(values, list)
        or not 2 <= len(values) <= MAX_COLUMNS
        or not all(isinstance(value, dict) for value in values)
    ):
        return []
    return [_column(value, voices) for value in values]


def _column(value: dict[str, Any], voices: Sequence[str]) -> Column:
    def one_of(name: str, names: Any) -> str:
        text = value.get(name)
        return text if isinstance(text, str) and text in names else ""

    def number(name: str, low: float, high: float, default: float) -> float:
        number = value.get(name, default)
        is_number = isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
        return number if is_number and low <= number <= high else default

    phonemes = value.get("phonemes")
    return Column(
        one_of("voice", voices),
        one_of("second", voices),
        number("share", 0, 100, 50),
        number("speed", MIN_SPEED, MAX_SPEED, 1.0),
        one_of("language", BY_CODE),
        phonemes if isinstance(phonemes, str) else "",
    )
