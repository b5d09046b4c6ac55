"""The first voice as a `SpeechModel`. It needs neither torch to compute nor a voice pack."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kokoro_demo.errors import CheckpointError
from kokoro_demo.first import waveform
from kokoro_demo.first.model_file import DURATIONS, model_path, read_model
from kokoro_demo.first.symbols import STAND_INS
from kokoro_demo.model.interruption import check_interruption
from kokoro_demo.model.pace import paced_durations
from kokoro_demo.model.speech_model import Utterance

if TYPE_CHECKING:
    import torch

# In the order of waveform.Frames.
OUTPUTS = ("lh", "theta", "ln", "lr", "phi", "f0", DURATIONS)
# The highest speed at which the network articulates clearly: at 2, every ninth word is misrecognised. Faster speech is
# generated at this speed and resampled to fewer frames; then it is one in 200 (`python -m benchmarks.listening
# speeds`).
MAX_NETWORK_SPEED = 1.25
# A level of onnxruntime's log. Its warnings are of no use to someone who only wants to hear a voice.
ERRORS_ONLY = 3


class FirstVoice:
    """A `SpeechModel` that runs on onnxruntime. Safe to share between threads, which compute at the same time.

    path: the model's file; defaults to that of the installed package.
    threads: the number of threads for one utterance.

    Raises:
        CheckpointError: if the file is missing or damaged.
    """

    sample_rate = waveform.SAMPLE_RATE
    samples_per_f0 = waveform.HOP
    samples_per_frame = 2 * waveform.HOP
    max_phonemes = 510
    style_width = 0
    languages = ("en-us",)
    stand_ins = STAND_INS
    uses_openmp = False
    # The sum of the sizes of the initializers in its graph.
    parameter_count = 6_152_988

    def __init__(self, path: Path | None = None, threads: int = 1) -> None:
        self._path = path or model_path()
        self._threads = threads
        read_model(self._path)
        self._loaded_session: Any = None
        self._lock = threading.Lock()

    @property
    def setting(self) -> str:
        """The precision and the number of threads."""
        return f"f32, {self._threads} thread{'s' if self._threads > 1 else ''}"

    def prepare(self) -> None:
        """Load the model. Raises CheckpointError if that fails."""
        self._session()

    def speak(
        self, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Utterance:
        """See `SpeechModel.speak`. There is only one style, so `style` is ignored."""
        check_interruption()
        begun = time.perf_counter()
        clear = speed if untouched else min(speed, MAX_NETWORK_SPEED)
        inputs = {"ids": ids.numpy(), "speed": np.array([clear], np.float32)}
        *parts, durations = self._session().run(OUTPUTS, inputs)
        frames = waveform.Frames(*(part[0] for part in parts))
        durations = durations.astype(np.int64)
        if speed > clear:
            durations = paced_durations(durations, speed / clear)
            frames = waveform.paced(frames, 2 * int(durations.sum()))
        prosody_done = time.perf_counter()
        sound = waveform.waveform(frames, waveform.draw_noise(len(frames.f0), seed))
        seconds = {"prosody": prosody_done - begun, "sound": time.perf_counter() - prosody_done}
        voiced = np.where(frames.f0 > waveform.LOWEST_F0, frames.f0, np.float32(0))
        return Utterance(sound, durations, voiced, seconds)

    def _session(self) -> Any:
        """The onnxruntime session, created on first use, which takes half a second."""
        with self._lock:
            if self._loaded_session is None:
                self._loaded_session = self._open()
            return self._loaded_session

    def _open(self) -> Any:
        model = read_model(self._path)
        try:
            import onnxruntime
        except ImportError as error:
            raise CheckpointError(
                f"The first voice needs onnxruntime, which cannot be loaded: {error}. Run: pip install onnxruntime"
            ) from error
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = ERRORS_ONLY
        try:
            return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's exceptions have no common base class
            raise CheckpointError(f"onnxruntime {onnxruntime.__version__} cannot open the first voice.") from error
