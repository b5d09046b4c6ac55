"""How a whole request is read, by whoever reads each of its parts; and how a text is read before anybody speaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize, read_phonemes
from kokoro_demo.g2p.coverage import Coverage, CoverageSearch, joined_coverage
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.languages import readable_language
from kokoro_demo.script.reading import Spoken, joined_reading
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.text.traced import Traced
from kokoro_demo.voices.catalogue import describe


def read(request: SpeechRequest, language: str) -> Pronunciation:
    """How a language reads the request, whoever speaks it."""
    if request.phonemes is not None:
        return read_phonemes(request.phonemes, language)
    return phonemize(request.text, language, request.lexicon)


def read_whole(request: SpeechRequest, read_one: Callable[[SpeechRequest], Pronunciation]) -> Pronunciation:
    """How a request is read: by `read_one` if one voice says all of it, and else what it reads of each segment, joined.

    Raises:
        RequestError: if a script, or SSML, cannot be read.
    """
    script = request.script
    if script is None:
        return read_one(request)
    owns = [(segment, request.for_segment(segment)) for segment in script.segments]
    spoken = [Spoken(segment, read_one(own), own.voice, own.speed, own.language) for segment, own in owns]
    return joined_reading(request.text, spoken, script.warnings, script.own_layout)


def language_by_name(request: SpeechRequest) -> str:
    """The language in which one voice reads a request, as far as the voice's name tells it."""
    return request.language or readable_language(describe(request.voice).language)


def read_only(request: SpeechRequest) -> Pronunciation:
    """How the request is read, without torch or weights: a voice's name tells its language."""
    return read_whole(request, lambda own: read(own, language_by_name(own)))


class ScriptCoverage:
    """Looks through a text, part by part, for the words that no dictionary has: of a script in the language of each
    voice, and neither names of speakers nor tags.

    text: the whole text. lexicon: fixes, which cover their words.
    language_of: the language in which one voice reads a request.
    """

    def __init__(
        self, text: str, lexicon: str = "", language_of: Callable[[SpeechRequest], str] = language_by_name
    ) -> None:
        self._text, self._lexicon, self._language_of = text, lexicon, language_of
        self._searches: dict[str, CoverageSearch] = {}
        self._refused: RequestError | None = None

    def add(self, part: SpeechRequest, start: int = 0, opening: int = 0) -> None:
        """Look through a part that begins at `start` of the whole text, after `opening` characters that are not of it.

        Raises:
            RequestError: if a script, or SSML, cannot be read.
        """
        script = part.script
        segments = [(Traced.of(part.text), part)] if script is None else []
        if script is not None:
            segments = [(segment.traced, part.for_segment(segment)) for segment in script.segments]
        for traced, own in segments:
            moved = [[max(place - opening, 0) + start for place in places] for places in (traced.starts, traced.ends)]
            try:
                self._search(self._language_of(own)).add_traced(Traced(traced.text, *moved))
            except RequestError as error:  # a language without a dictionary
                self._refused = error

    def result(self) -> Coverage:
        """What was found.

        Raises:
            RequestError: if every language is read without a dictionary.
        """
        if self._refused is not None and not self._searches:
            raise self._refused
        return joined_coverage(search.result() for search in self._searches.values())

    def _search(self, language: str) -> CoverageSearch:
        if language not in self._searches:
            self._searches[language] = CoverageSearch(self._text, language, self._lexicon)
        return self._searches[language]


def script_coverage(request: SpeechRequest, language_of: Callable[[SpeechRequest], str] = language_by_name) -> Coverage:
    """The words of a request that neither a dictionary nor its lexicon has; errors as of `ScriptCoverage`."""
    search = ScriptCoverage(request.text, request.lexicon, language_of)
    search.add(replace(request, phonemes=None))
    return search.result()
