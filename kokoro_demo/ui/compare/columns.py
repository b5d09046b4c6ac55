"""A column of the comparison: its own fields, and the request that they make together with the page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.blends import format_blend, parse_blend

MAX_COLUMNS = 4
# All columns are made in one turn, while other visitors wait, so the text must be short.
MAX_TEXT = 1_000


class Column(NamedTuple):
    """The values of one column's fields, in the order in which events receive them.

    voice, language: "" selects the page's.
    second: a voice to blend with the first; "" for none.
    share: the second voice's share in percent.
    phonemes: spoken instead of the text's own; "" for none.
    """

    voice: str
    second: str
    share: float
    speed: float
    language: str
    phonemes: str

    def request(self, page: SpeechRequest) -> SpeechRequest:
        """Return the column's request. It has even loudness, so that no voice is preferred for being louder.

        page: the request of the page's own fields.

        Raises:
            RequestError: if a value is invalid.
        """
        voice = self.voice or page.voice
        if self.second:
            voice = mixed(voice, self.second, self.share)
        return replace(
            page,
            voice=voice,
            speed=self.speed,
            language=self.language or page.language,
            phonemes=self.phonemes if self.phonemes.strip() else page.phonemes,
            even_loudness=True,
        )


def mixed(voice: str, second: str, share: float) -> str:
    """Blend a voice, which may be a blend itself, with `share` percent of a second one.

    Raises:
        RequestError: if the share or one of the voices is invalid.
    """
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 100:
        raise RequestError("The share of the second voice must be from 0 to 100 percent.")
    percent, parts = round(share), parse_blend(voice)
    total = sum(weight for _, weight in parts)
    first = [(name, weight * (100 - percent)) for name, weight in parts]
    return format_blend((*first, *((name, weight * percent * total) for name, weight in parse_blend(second))))


def columns_of(values: Sequence[Any], count: int) -> list[Column]:
    """Return the first `count` columns, given the values of all columns' fields one after another."""
    width = len(Column._fields)
    return [Column(*values[at * width : (at + 1) * width]) for at in range(count)]


def requests_of(page: SpeechRequest, columns: Sequence[Column]) -> list[SpeechRequest]:
    """Return the request of each column.

    Raises:
        RequestError: if the text is too long, or a column is invalid; it names the column.
    """
    if len(page.text) > MAX_TEXT:
        raise RequestError(f"Up to {MAX_TEXT:,} characters can be compared; this text has {len(page.text):,}.")
    return [_request(page, number, column) for number, column in enumerate(columns, 1)]


def _request(page: SpeechRequest, number: int, column: Column) -> SpeechRequest:
    try:
        return column.request(page)
    except RequestError as error:
        raise RequestError(f"Column {number}: {error}") from None
