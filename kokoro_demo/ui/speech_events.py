"""The events behind Speak and Stop: a text goes in, and the player learns of each phrase as it is made."""

from __future__ import annotations

import base64
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr
import numpy as np

from kokoro_demo.audio import to_int16
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import MAX_CHARACTERS, SAMPLE_RATE, SpeechChunk, SpeechRequest
from kokoro_demo.ui.counts import count_html, warnings_html
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Run, Runs
from kokoro_demo.ui.spoken_text.reading import reading_of

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

NOTHING_SPEAKS = "Nothing can speak yet. Your text is kept: press Speak again once the top of the page says ready."
NOBODY_SPEAKS = "Nothing can speak here now. Your text is kept: please tell whoever runs this page."
VOICE_FAILED = "This voice cannot speak now. Choose another one, or press Speak again in a moment."
# The sound is with the run; a fingerprint needs the rest.
SILENT = np.zeros(0, np.float32)
log = logging.getLogger(__name__)

# What one step shows: the player's state, the reading, the phonemes, their count, the spoken text, the warnings.
Step = tuple[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class SpeechEvents:
    """For every visitor of one page."""

    backend: Backend
    runs: Runs

    def check(self, *values: Any) -> list[dict[str, Any]]:
        """Before the queue: a text that is empty or too long is refused at once, beside its field.

        values: of `RequestFields`.
        """
        fields = RequestFields(*values)
        text, problem = fields.text or "", ""
        if not text.strip() and not fields.phonemes_active:
            problem = "Type some text first."
        elif len(text) > MAX_CHARACTERS:
            problem = (
                f"{len(text):,} characters: at most {MAX_CHARACTERS:,} can be spoken at once. Speak it in "
                f"{-(-len(text) // MAX_CHARACTERS)} parts, or a whole book on your own computer with the same program."
            )
        return [gr.validate(not problem, problem), *[gr.validate(True, "")] * (len(values) - 1)]

    def speak(self, request: gr.Request, *values: Any) -> Iterator[Step]:
        """One step once the text is read, one for each phrase, one for the end. The player fetches the sound itself.

        values: of `RequestFields`.
        """
        run = self.runs.begin(request.session_hash or "")
        try:
            yield from self._steps(run, RequestFields(*values))
        except CheckpointError as error:
            log.warning("%s", error)  # with names of files, and what to do about them
            yield state_only(run, "failed", VOICE_FAILED)
        except Exception as error:
            yield state_only(run, "failed", explain(error))
        finally:
            run.finish()

    def stop(self, request: gr.Request) -> dict[str, Any]:
        """Stop the computing of this visitor's speech. What was made stays with the player."""
        run = self.runs.stop(request.session_hash or "")
        if run is None:
            return {"run": "", "state": "stopped", "message": "Stopped before it began. Press Speak to ask again."}
        return player_state(run, "stopped", stopped_message(run))

    def leave(self, request: gr.Request) -> None:
        """Called when a visitor leaves: stops and forgets their speech."""
        self.runs.leave(request.session_hash or "")

    def phrase(self, wanted: dict[str, Any]) -> str | None:
        """For the player: ``{"run": id, "index": number}`` to base64 of 16-bit little-endian mono, None if gone."""
        run_id, index = (wanted.get("run"), wanted.get("index")) if isinstance(wanted, dict) else (None, None)
        if not isinstance(run_id, str) or not isinstance(index, int):
            return None
        sound = self.runs.phrase(run_id, index)
        return None if sound is None else base64.b64encode(sound).decode()

    def _steps(self, run: Run, fields: RequestFields) -> Iterator[Step]:
        try:
            synthesizer = self.backend.synthesizer()
        except CheckpointError:
            yield state_only(run, "failed", NOTHING_SPEAKS if self.backend.status().fetching else NOBODY_SPEAKS)
            return
        request = fields.request(synthesizer)
        run.name = file_name(request)
        pronunciation = synthesizer.pronounce(request)
        yield (
            player_state(run, "reading", "Reading the text."),
            reading_of(pronunciation, synthesizer.language_of),
            pronunciation.phonemes if request.phonemes is None else gr.skip(),  # what was typed stays as it was
            count_html(pronunciation.phonemes),
            pronunciation.spoken,
            warnings_html(pronunciation.warnings),
        )
        began, samples, phonemes = time.perf_counter(), 0, 0
        chunks: list[SpeechChunk] = []
        run.tell(synthesizer, request, pronunciation, chunks)
        for chunk in synthesizer.stream(request, run.stopped, pronunciation=pronunciation):
            samples += len(chunk.audio)
            chunks.append(replace(chunk, audio=SILENT))
            phonemes += len(chunk.phonemes)
            run.spoken += chunk.ends_phrase
            run.total = chunk.total
            run.share = min(1.0, phonemes / max(1, len(pronunciation.phonemes)))
            self.runs.add(run, to_int16(chunk.audio).astype("<i2").tobytes())
            message = "Speaking." if run.total == 1 else f"Speaking: phrase {chunk.index + 1} of {run.total}."
            count = count_html(pronunciation.phonemes, run.total) if chunk.index == 0 else gr.skip()
            yield player_state(run, "speaking", message), gr.skip(), gr.skip(), count, gr.skip(), gr.skip()
        if run.stopped():
            yield state_only(run, "stopped", stopped_message(run))
            return
        run.share = 1.0
        message = f"{samples / SAMPLE_RATE:.1f} s of speech, made in {time.perf_counter() - began:.1f} s."
        made = f"{synthesizer.fingerprint(request, pronunciation, chunks)} · {synthesizer.setting_of(request)}"
        count = count_html(pronunciation.phonemes, run.total, made)
        yield player_state(run, "done", message), gr.skip(), gr.skip(), count, gr.skip(), gr.skip()


def state_only(run: Run, state: str, message: str) -> Step:
    """A step that changes nothing but the player."""
    return player_state(run, state, message), *[gr.skip()] * 5


def player_state(run: Run, state: str, message: str) -> dict[str, Any]:
    """What the player needs to know of a run. Each says everything, so that one may be skipped without loss.

    state: "reading", "speaking", "done", "stopped" or "failed".
    ready, total: phrases to fetch, phrases there will be (0 while unknown).
    share: how much of the speech is made, 0 to 1.
    name: of the file to download.
    """
    return {
        "run": run.id,
        "state": state,
        "message": message,
        "ready": len(run.phrases),
        "total": run.total,
        "share": run.share,
        "name": run.name,
    }


def stopped_message(run: Run) -> str:
    """How far a stopped run came."""
    if not run.phrases:
        return "Stopped before anything was made. Press Speak to begin again."
    reached = f"after {run.spoken}" if run.spoken else "in the first"
    return f"Stopped {reached} of {run.total} phrases; what was made can be played and downloaded."


def file_name(request: SpeechRequest) -> str:
    """A name that a person recognises, safe on every system: "kokoro-af_heart-the-quick-brown-fox.wav"."""
    words = [request.voice, *re.findall(r"\w+", request.text[:200].lower())[:6]]
    return "kokoro-" + "-".join(re.sub(r"\W+", "-", word) for word in words)[:80] + ".wav"
