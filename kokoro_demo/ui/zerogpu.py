"""A Space's borrowed GPU: around the model call alone, and the CPU if there is none or no quota is left.

Off ZeroGPU nothing here does anything. On it, `spaces` must be imported before torch (app.py does), the model must be
on "cuda" before the page is launched, and what goes in and out of the decorated function must be on the CPU.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr
from torch import nn

from kokoro_demo.synthesis.synthesizer import speak_on_this_machine

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint
    from kokoro_demo.model import SpeechModel, Utterance
    from kokoro_demo.synthesis.synthesizer import Infer

QUOTA_NOTICE = "No GPU is free for you now, or today's share is used up. The CPU speaks, more slowly."


def on_zerogpu() -> bool:
    """Whether this process runs on ZeroGPU, as `spaces` itself decides it."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def seconds_needed(input_ids: Any, *_: Any) -> int:
    """The GPU time to ask for one phrase: a smaller request is accepted when less of a visitor's quota is left."""
    return 5 + input_ids.shape[1] // 50


def _borrowed_gpu() -> Callable[..., Any]:
    from spaces import GPU

    return GPU


class GpuFirst:
    """Runs a checkpoint's model on the borrowed GPU, or on the CPU; any other model, and one that is not PyTorch's,
    always on the CPU.

    decorate: `spaces.GPU` if none is given.
    """

    def __init__(self, checkpoint: Checkpoint, decorate: Callable[..., Any] | None = None) -> None:
        borrow = decorate or _borrowed_gpu()
        self._model: SpeechModel = checkpoint.model
        self._gpu: Callable[..., Utterance] | None = None
        if isinstance(checkpoint.model, nn.Module):
            gpu_model = copy.deepcopy(checkpoint.model).to("cuda")

            @borrow(duration=seconds_needed)
            def run(*arguments: Any) -> Utterance:
                return gpu_model.speak(*arguments)

            self._gpu = run

    def for_one_speech(self) -> Infer:
        """What runs the model for one speech. Once the GPU was refused, the rest of that speech stays on the CPU."""
        refused = False

        def infer(model: SpeechModel, *arguments: Any) -> Utterance:
            nonlocal refused
            if self._gpu is not None and model is self._model and not refused:
                try:
                    return self._gpu(*arguments)
                except gr.Error:  # how `spaces` tells that there is no GPU or no quota, and that its worker died
                    refused = True
                    gr.Warning(QUOTA_NOTICE)
            return speak_on_this_machine(model, *arguments)

        return infer
