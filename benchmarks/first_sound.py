"""How soon is something heard, and are there gaps afterwards? ``python -m benchmarks.first_sound`` prints two tables.

The first: the time from the request to the first chunk of a text of 150 words, for this package and for the reference,
whose first chunk has as many whole clauses as fit into 510 phonemes. The second, for a text whose first sentence is
long
and one whose first is short: when each phrase is ready, and when the phrases before it have been played.
"""

from __future__ import annotations

import argparse
import copy
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch

from benchmarks import peers
from benchmarks.turns import Work, in_turns, machine, ratio, spread
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.model import Kokoro
from kokoro_demo.model.pieces import pieces_of
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.model import reference

TEXT = (
    "When the last train had gone, the station grew so quiet that one could hear the clock above the door. "
    "A porter swept the platform from one end to the other, slowly, as if the night would wait for him. "
    "There were two people left: a woman with a blue suitcase, and a boy who counted the lamps. "
    "He counted them twice, because the first time there had been eleven, and the second time there were twelve. "
    "“Perhaps one of them was asleep,” said the woman, and the boy thought about this for a while. "
    "Then the wind came down from the hills with a smell of rain and cut grass, and all of the lamps trembled. "
    "Somewhere beyond the bridge a dog began to bark. Nobody answered it. "
    "The porter leaned his broom against the wall, looked up at the sky, and told them that the morning train "
    "would come at six, that the waiting room was warm, and that there was tea."
)
# A very short first sentence, followed by a long one.
SHORT_FIRST = "The bridge held through the night. " + TEXT


def fresh(checkpoint: Checkpoint) -> Synthesizer:
    """Return a synthesizer with an empty cache."""
    return Synthesizer(checkpoint, cache=PhraseCache(kept_bytes=0))


def first_chunk(checkpoint: Checkpoint) -> Work:
    """From the request to the first chunk; each call counts as one unit."""

    def work() -> float:
        return float(len(list(islice(fresh(checkpoint).stream(request_of(checkpoint)), 1))))

    return work


def generated_in_pieces(checkpoint: Checkpoint) -> Checkpoint | None:
    """The same checkpoint, but with phrases generated in pieces; None if that is impossible, or already the case."""
    model = checkpoint.model
    if not isinstance(model, Kokoro) or model.pieces is not None or (pieces := pieces_of(model)) is None:
        return None
    other = copy.copy(model)
    other.pieces = pieces
    return replace(checkpoint, model=other)


def reference_first_chunk(checkpoint: Checkpoint, source: str | Path) -> Work:
    """The same for the reference, with as many of our phonemes as it puts into its first chunk; reading the text is not
    timed."""
    phonemes = fresh(checkpoint).pronounce(request_of(checkpoint)).phonemes
    end = peers.reference_chunk_end(phonemes)
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes[:end]), 0]])
    style = checkpoint.voices[checkpoint.voices.default][end - 1]
    speak = peers.reference_work(reference.load_reference(peers.plain_model(source)), ids, style)
    return lambda: float(speak() > 0)


def request_of(checkpoint: Checkpoint, text: str = TEXT) -> SpeechRequest:
    """A request for the text in the checkpoint's best voice."""
    return SpeechRequest(text, checkpoint.voices.default)


def print_waits(checkpoint: Checkpoint, text: str) -> None:
    """Print when each phrase is ready, and how long the listener has to wait for it."""
    print("\n| phrase | symbols | ready after | lasts | wait before it |\n|---|---|---|---|---|")
    begun, heard = time.perf_counter(), 0.0
    for chunk in fresh(checkpoint).stream(request_of(checkpoint, text)):
        ready, lasts = time.perf_counter() - begun, len(chunk.audio) / peers.SAMPLE_RATE
        wait = max(0.0, ready - heard)
        print(
            f"| {chunk.index + 1} | {len(chunk.phonemes)} | {ready:.2f} s | {lasts:.1f} s | {wait:.2f} s |", flush=True
        )
        heard = max(heard, ready) + lasts


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.first_sound", description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--checkpoint", default="packaged", help="see KOKORO_CHECKPOINT")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    tune_process()
    checkpoint = load_checkpoint(chosen.checkpoint)
    checkpoint.voices[checkpoint.voices.default]
    with_reference = reference_first_chunk(checkpoint, chosen.checkpoint) if reference.installed() else None
    contestants = {f"this package, {checkpoint.model.setting}": first_chunk(checkpoint)}
    if (in_pieces := generated_in_pieces(checkpoint)) is not None:
        contestants[f"this package, {in_pieces.model.setting}"] = first_chunk(in_pieces)
    contestants["this package, first voice"] = first_chunk(load_checkpoint("builtin"))
    if with_reference is not None:
        contestants[peers.REFERENCE] = with_reference
    times = in_turns(contestants, chosen.rounds)
    print(f"{machine()}, {chosen.checkpoint}, {len(TEXT.split())} words\n")
    print("| | seconds to the first chunk | against the reference |\n|---|---|---|")
    for name, values in times.items():
        against = f"{ratio(values, times[peers.REFERENCE]):.2f}" if peers.REFERENCE in times else "not installed"
        print(f"| {name} | {spread(values)} | {against} |")
    print(f"| eSpeak NG, by itself | {spread(espeak_first_sound(chosen.rounds))} | |")
    for text in (TEXT, SHORT_FIRST):
        print_waits(checkpoint, text)
    print(f"\nReading the text takes {reading_seconds(checkpoint):.3f} s of that.")


def espeak_first_sound(rounds: int) -> list[float]:
    """The seconds to eSpeak NG's first samples. Each time in a new process, since its library can be opened only
    once."""
    program = (
        "from benchmarks.espeak_ng import Espeak; import sys; e = Espeak(); e.say('One.'); e.say(sys.argv[1]); "
        "print(e.first_after)"
    )
    command = [sys.executable, "-c", program, TEXT]
    return [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(rounds)]


def reading_seconds(checkpoint: Checkpoint) -> float:
    """The median time of five readings of the text."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        fresh(checkpoint).pronounce(request_of(checkpoint))
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    on_compute_thread(main)  # so that OpenMP keeps one team of workers, as in the app
