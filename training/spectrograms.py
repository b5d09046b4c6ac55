"""Pictures to compare: a voice's log-mel spectrogram above that of the eSpeak NG speech it learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from training.features import log_mel

# Natural-log mel magnitudes from black to white.
DARKEST, BRIGHTEST = -7.0, 5.0
PIXELS_A_HOP, PIXELS_A_BAND = 3, 3
CAPTION_HEIGHT = 16


def draw(path: Path, sounds: Sequence[tuple[str, NDArray[np.float32]]]) -> None:
    """Write a PNG of (samples,) sounds at 24 kHz, one under the other, each with its caption above it.

    Time goes across; low frequencies are at the bottom.
    """
    panels = [_panel(caption, sound) for caption, sound in sounds]
    picture = Image.new("L", (max(panel.width for panel in panels), sum(panel.height for panel in panels)))
    top = 0
    for panel in panels:
        picture.paste(panel, (0, top))
        top += panel.height
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)


def _panel(caption: str, sound: NDArray[np.float32]) -> Image.Image:
    mel = log_mel(torch.from_numpy(sound)[None])[0].flip(0).numpy()
    shades = np.uint8(255) * ((mel - DARKEST) / (BRIGHTEST - DARKEST)).clip(0, 1)
    spectrogram = Image.fromarray(shades.astype(np.uint8))
    spectrogram = spectrogram.resize((PIXELS_A_HOP * mel.shape[1], PIXELS_A_BAND * mel.shape[0]))
    panel = Image.new("L", (spectrogram.width, spectrogram.height + CAPTION_HEIGHT))
    ImageDraw.Draw(panel).text((4, 2), caption, fill=255)
    panel.paste(spectrogram, (0, CAPTION_HEIGHT))
    return panel
