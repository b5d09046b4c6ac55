"""The pronunciation of a whole request, a script or a plain text. Needs neither torch nor weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize, read_phonemes
from kokoro_demo.g2p.coverage import Coverage, CoverageSearch, joined_coverage
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.languages import readable_language
from kokoro_demo.script.joining import Spoken, join_pronunciations
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.text.traced import Traced
from kokoro_demo.voices.catalogue import describe


def pronounce(request: SpeechRequest, language: str) -> Pronunciation:
    """Return the pronunciation of a request in `language`; its voice and its script are ignored."""
    if request.phonemes is not None:
        return read_phonemes(request.phonemes, language)
    return phonemize(request.text, language, request.lexicon)


def pronounce_whole(request: SpeechRequest, pronounce_one: Callable[[SpeechRequest], Pronunciation]) -> Pronunciation:
    """Return the pronunciation of a request; for a script, that of all segments, joined.

    pronounce_one: returns the pronunciation of a request that one voice speaks.

    Raises:
        RequestError: if the script or the SSML is invalid.
    """
    script = request.script
    if script is None:
        return pronounce_one(request)
    segments = [(segment, request.for_segment(segment)) for segment in script.segments]
    spoken = [
        Spoken(
            segment,
            pronounce_one(segment_request),
            segment_request.voice,
            segment_request.speed,
            segment_request.language,
        )
        for segment, segment_request in segments
    ]
    return join_pronunciations(request.text, spoken, script.warnings, script.own_layout)


def language_by_name(request: SpeechRequest) -> str:
    """Return the language of a request that one voice speaks, judging by the voice's name."""
    return request.language or readable_language(describe(request.voice).language)


def pronounce_without_model(request: SpeechRequest) -> Pronunciation:
    """Return the pronunciation of a request, with the languages given by the voices' names instead of a checkpoint."""
    return pronounce_whole(
        request, lambda segment_request: pronounce(segment_request, language_by_name(segment_request))
    )


class ScriptCoverage:
    """Finds the words of a text that are not in a dictionary.

    The text is passed part by part. In a script, each segment is read in the language of its voice, and speakers' names
    and tags are left out.

    text: the whole text. lexicon: corrected pronunciations, whose words count as known.
    language_of: returns the language of a request that one voice speaks.
    """

    def __init__(
        self, text: str, lexicon: str = "", language_of: Callable[[SpeechRequest], str] = language_by_name
    ) -> None:
        self._text, self._lexicon, self._language_of = text, lexicon, language_of
        self._searches: dict[str, CoverageSearch] = {}
        self._refused: RequestError | None = None

    def add(self, part: SpeechRequest, start: int = 0, opening: int = 0) -> None:
        """Search a part, which begins at `start` in the whole text.

        opening: the number of characters at the start of `part` that are not in the whole text.

        Raises:
            RequestError: if the script or the SSML is invalid.
        """
        script = part.script
        segments = [(Traced.of(part.text), part)] if script is None else []
        if script is not None:
            segments = [(segment.traced, part.for_segment(segment)) for segment in script.segments]
        for traced, segment_request in segments:
            moved = [[max(place - opening, 0) + start for place in places] for places in (traced.starts, traced.ends)]
            try:
                self._search(self._language_of(segment_request)).add_traced(Traced(traced.text, *moved))
            except RequestError as error:  # the language has no dictionary
                self._refused = error

    def result(self) -> Coverage:
        """Return the words that were found.

        Raises:
            RequestError: if none of the languages has a dictionary.
        """
        if self._refused is not None and not self._searches:
            raise self._refused
        return joined_coverage(search.result() for search in self._searches.values())

    def _search(self, language: str) -> CoverageSearch:
        if language not in self._searches:
            self._searches[language] = CoverageSearch(self._text, language, self._lexicon)
        return self._searches[language]


def script_coverage(request: SpeechRequest, language_of: Callable[[SpeechRequest], str] = language_by_name) -> Coverage:
    """Return the words of a request that are neither in a dictionary nor in its lexicon.

    Raises:
        RequestError: if the script or the SSML is invalid, or none of its languages has a dictionary.
    """
    search = ScriptCoverage(request.text, request.lexicon, language_of)
    search.add(replace(request, phonemes=None))
    return search.result()
