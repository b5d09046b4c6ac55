"""A column of the comparison: what it has of its own, and the request that follows from the page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.blends import format_blend, parse_blend

MOST = 4
# Four columns of it are made in one turn, while other visitors wait.
MAX_TEXT = 1_000


class Column(NamedTuple):
    """The values of one column's fields, in the order in which events receive them.

    voice, language: "" is as on the page.
    second: a voice that is blended in; "" is none.
    share: of the second voice, in percent.
    phonemes: spoken in place of the text's own reading; "" is none.

    All voices are heard equally loud, so that none is preferred for being louder.
    """

    voice: str
    second: str
    share: float
    speed: float
    language: str
    phonemes: str

    def request(self, page: SpeechRequest) -> SpeechRequest:
        """What this column is to speak.

        page: what the page's own fields ask for.

        Raises:
            RequestError: if it cannot be spoken.
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
    """A blend of a voice, which may be a blend itself, with `share` percent of a second one.

    Raises:
        RequestError: if the share is none, or either is no voice.
    """
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 100:
        raise RequestError("The share of the second voice must be from 0 to 100 percent.")
    percent, parts = round(share), parse_blend(voice)
    whole = sum(weight for _, weight in parts)
    weighed = [(name, weight * (100 - percent)) for name, weight in parts]
    return format_blend((*weighed, *((name, weight * percent * whole) for name, weight in parse_blend(second))))


def columns_of(values: Sequence[Any], count: int) -> list[Column]:
    """The first `count` columns of the fields' values, which come column by column."""
    width = len(Column._fields)
    return [Column(*values[at * width : (at + 1) * width]) for at in range(count)]


def requests_of(page: SpeechRequest, columns: Sequence[Column]) -> list[SpeechRequest]:
    """What each column is to speak.

    Raises:
        RequestError: if one cannot be spoken, naming it; if the text is too long to be compared.
    """
    if len(page.text) > MAX_TEXT:
        raise RequestError(f"Up to {MAX_TEXT:,} characters can be compared; this text has {len(page.text):,}.")
    return [_request(page, number, column) for number, column in enumerate(columns, 1)]


def _request(page: SpeechRequest, number: int, column: Column) -> SpeechRequest:
    try:
        return column.request(page)
    except RequestError as error:
        raise RequestError(f"Column {number}: {error}") from None
