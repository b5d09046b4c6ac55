"""Runs the model on a ZeroGPU Space's shared GPU, or on the CPU if no GPU is free or the visitor's quota is used up.

Outside ZeroGPU this module does nothing. On ZeroGPU, `spaces` must be imported before torch (app.py does so), the model
must be on "cuda" before the page is launched, and arguments and results of the decorated function must be on the CPU.
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

QUOTA_NOTICE = "No GPU is free now, or you have used up today's quota. Using the CPU, which is slower."


def on_zerogpu() -> bool:
    """Whether this process runs on ZeroGPU, by the same test that `spaces` uses."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def seconds_needed(input_ids: Any, *_: Any) -> int:
    """The GPU time to request for one phrase: smaller requests are accepted with less of the visitor's quota left."""
    return 5 + input_ids.shape[1] // 50


def _borrowed_gpu() -> Callable[..., Any]:
    from spaces import GPU

    return GPU


class GpuFirst:
    """Runs a checkpoint's model on the GPU if it can, or else on the CPU. Other models, and models that are not PyTorch
    modules, always run on the CPU.

    decorate: defaults to `spaces.GPU`.
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
        """Return a function that runs the model for one speech. If the GPU is refused, the rest of that speech runs on
        the CPU."""
        refused = False

        def infer(model: SpeechModel, *arguments: Any) -> Utterance:
            nonlocal refused
            if self._gpu is not None and model is self._model and not refused:
                try:
                    return self._gpu(*arguments)
                except gr.Error:  # `spaces` raises it if there is no GPU or no quota left, or its worker died
                    refused = True
                    gr.Warning(QUOTA_NOTICE)
            return speak_on_this_machine(model, *arguments)

        return infer
