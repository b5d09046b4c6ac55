"""How loud is each voice? ``python -m benchmarks.loudness`` measures all voices of a checkpoint with real weights.

For each voice it prints the loudness of its sentences in LUFS, according to ITU-R BS.1770-4, and the highest peak.
``--write`` stores the loudness in ``kokoro_demo/voices/voices.tsv``, from which `kokoro_demo.voices.loudness` computes
a fixed gain.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.speech import SAMPLE_RATE, SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = Path(__file__).parents[1] / "kokoro_demo" / "voices" / "voices.tsv"
SENTENCES = {
    "en": (
        "The river had been rising since early morning, and by noon the water stood within a foot of the bridge.",
        "Nobody could remember a flood so late in the spring.",
        "Her grandson laughed, but he did as she asked: he led the horses up the narrow track behind the church.",
        "What would you have done, if you had seen it?",
    ),
    "es": (
        "El río subía desde la madrugada, y a mediodía el agua llegaba casi al puente.",
        "Nadie recordaba una crecida tan tarde en la primavera. ¿Qué habrías hecho tú?",
    ),
    "fr": (
        "La rivière montait depuis le matin, et à midi l'eau touchait presque le pont.",
        "Personne ne se souvenait d'une crue aussi tard au printemps. Qu'auriez-vous fait ?",
    ),
    "hi": ("नदी सुबह से बढ़ रही थी, और दोपहर तक पानी पुल के पास पहुँच गया।", "किसी को ऐसी बाढ़ याद नहीं थी। आप क्या करते?"),
    "it": (
        "Il fiume saliva dal mattino, e a mezzogiorno l'acqua arrivava quasi al ponte.",
        "Nessuno ricordava una piena così tardi in primavera. Che cosa avresti fatto?",
    ),
    "pt": (
        "O rio subia desde a madrugada, e ao meio-dia a água chegava quase à ponte.",
        "Ninguém se lembrava de uma cheia tão tarde na primavera. O que você teria feito?",
    ),
}
# ITU-R BS.1770-4, annex 1: blocks of 400 ms that overlap by three quarters, gated at -70 LUFS, and then at 10 LU below
# the mean of the rest.
BLOCK, OVERLAP, ABSOLUTE, RELATIVE, OFFSET = 0.4, 0.75, -70.0, -10.0, -0.691


def loudness(audio: NDArray[np.float32], sample_rate: int = SAMPLE_RATE) -> float:
    """Return the integrated loudness of mono audio, (samples,), in LUFS; -inf if every block is gated."""
    size = round(BLOCK * sample_rate)
    step = round(size * (1 - OVERLAP))
    weighted = k_weighted(audio, sample_rate)
    if len(weighted) < size:
        weighted = np.pad(weighted, (0, size - len(weighted)))
    power = np.array(
        [np.mean(weighted[start : start + size] ** 2) for start in range(0, len(weighted) - size + 1, step)]
    )
    for gate in (ABSOLUTE, RELATIVE):
        level = OFFSET + 10 * np.log10(power + 1e-20)
        threshold = gate if gate == ABSOLUTE else OFFSET + 10 * math.log10(power.mean()) + RELATIVE
        power = power[level > threshold]
        if not len(power):
            return -math.inf
    return OFFSET + 10 * math.log10(power.mean())


def k_weighted(audio: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    """Apply the two filters of BS.1770 to (samples,), by their transfer functions."""
    size = 2 ** math.ceil(math.log2(len(audio) + sample_rate))
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones_like(z)
    for numerator, denominator in filters(sample_rate):
        response *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    return np.fft.irfft(np.fft.rfft(audio, size) * response, size)[: len(audio)]


def filters(sample_rate: int) -> list[tuple[list[float], list[float]]]:
    """Return the shelving and the high-pass filter as (numerator, denominator) in powers of 1/z.

    The recommendation gives coefficients for 48 kHz. The analogue parameters behind them, which apply to any rate, are
    those of De Man (2014), "Evaluation of implementations of the EBU R128 loudness measurement".
    """
    f0, gain, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, high = math.tan(math.pi * f0 / sample_rate), 10 ** (gain / 20)
    middle = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = (
        [(high + middle * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - middle * k / q + k * k) / a0],
        [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0],
    )
    f0, q = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * f0 / sample_rate)
    a0 = 1 + k / q + k * k
    return [shelf, ([1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])]


def measure(synthesizer: Synthesizer, voice: str) -> tuple[float, float]:
    """Return the loudness of a voice over its sentences, in LUFS, and its highest peak."""
    language = synthesizer.language_of(voice)
    texts = SENTENCES.get(language[:2], SENTENCES["en"])
    request = SpeechRequest("any", voice)
    sound = np.concatenate([synthesizer.speak(replace(request, text=text)).audio for text in texts])
    return loudness(sound), float(np.abs(sound).max())


def write(levels: dict[str, float]) -> None:
    """Store the loudness of these voices in the catalogue."""
    header, *rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    if "loudness" not in header:
        header.append("loudness")
        for row in rows:
            row.append("")
    place = header.index("loudness")
    for row in rows:
        row[place] = f"{levels[row[0]]:.1f}" if row[0] in levels else row[place]
    TABLE.write_text("".join("\t".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.loudness", description=__doc__)
    options.add_argument("--voices", nargs="*")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    synthesizer = Synthesizer(load_checkpoint(), cache=PhraseCache(kept_bytes=0))
    levels = {}
    print("| voice | loudness | peak |\n|---|---|---|")
    for voice in chosen.voices or synthesizer.checkpoint.voices.names():
        levels[voice], peak = measure(synthesizer, voice)
        print(f"| {voice} | {levels[voice]:.1f} LUFS | {peak:.2f} |", flush=True)
    if chosen.write:
        write(levels)


if __name__ == "__main__":
    main()
