"""The prosody predictor of StyleTTS 2 (Li et al. 2023): how long each phoneme lasts, its pitch and its energy."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.layers import AdaINResBlock, AdaLayerNorm, padding_mask, run_lstm


class ProsodyPredictor(nn.Module):
    """Contextual phoneme features and a style to durations; over the frames, to F0 and energy."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden, style = config.hidden_dim, config.style_dim
        self.text_encoder = DurationEncoder(config)
        self.lstm = nn.LSTM(hidden + style, hidden // 2, batch_first=True, bidirectional=True)
        self.duration_proj = DurationProjection(hidden, config.max_dur)
        self.shared = nn.LSTM(hidden + style, hidden // 2, batch_first=True, bidirectional=True)
        self.F0 = _curve_blocks(hidden, style)
        self.N = _curve_blocks(hidden, style)
        self.F0_proj = nn.Conv1d(hidden // 2, 1, 1)
        self.N_proj = nn.Conv1d(hidden // 2, 1, 1)

    def duration_logits(self, features: Tensor, lengths: Tensor | None = None) -> Tensor:
        """features: (B, T, hidden_dim + style_dim) of `text_encoder`; gives (B, T, max_dur): the summed sigmoid
        is a token's duration in frames."""
        return self.duration_proj(run_lstm(self.lstm, features, lengths))

    def curves(self, features: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        """features: (B, frames, hidden_dim + style_dim), style: (B, style_dim).

        Gives F0 in Hz, 0 or below where unvoiced, and energy, each (B, 2 * frames): a value is 12.5 ms.
        """
        shared = run_lstm(self.shared, features).transpose(1, 2)
        f0 = energy = shared
        for block in self.F0:
            f0 = block(f0, style)
        for block in self.N:
            energy = block(energy, style)
        return self.F0_proj(f0).squeeze(1), self.N_proj(energy).squeeze(1)


class DurationEncoder(nn.Module):
    """LSTMs and adaptive norms in turn; the style is laid beside the features after each."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden, style = config.hidden_dim, config.style_dim
        self.lstms = nn.ModuleList()
        for _ in range(config.n_layer):
            self.lstms.append(nn.LSTM(hidden + style, hidden // 2, batch_first=True, bidirectional=True))
            self.lstms.append(AdaLayerNorm(style, hidden))

    def forward(self, x: Tensor, style: Tensor, lengths: Tensor | None = None) -> Tensor:
        """x: (B, T, hidden_dim), style: (B, style_dim); gives (B, T, hidden_dim + style_dim)."""
        beside = style[:, None, :].expand(-1, x.shape[1], -1)
        padding = None if lengths is None else padding_mask(lengths, x.shape[1])[:, :, None]
        x = _with_style(x, beside, padding)
        for layer in self.lstms:
            if isinstance(layer, nn.LSTM):
                x = run_lstm(layer, x, lengths)
            else:
                x = _with_style(layer(x, style), beside, padding)
        return x


class DurationProjection(nn.Module):
    """A linear layer, under the name that the checkpoint gives it."""

    def __init__(self, hidden_dim: int, max_dur: int) -> None:
        super().__init__()
        self.linear_layer = nn.Linear(hidden_dim, max_dur)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, hidden_dim) to (B, T, max_dur)."""
        return self.linear_layer(x)


def durations_in_frames(logits: Tensor, speed: float) -> Tensor:
    """(T, max_dur) logits to (T,) whole frames of 25 ms, at least one each.

    Half a frame rounds to even, as in the reference. Below speed 1 the first and the last token, the silence
    around the utterance, keep their length: stretched, they are heard as a vowel before the first word.
    """
    frames = torch.sigmoid(logits).sum(dim=-1)
    divisor = torch.full_like(frames, speed)
    divisor[[0, -1]] = max(speed, 1.0)
    # Weights that go beyond float32 give what is no number; the sound is found to be none later, and named.
    return (frames / divisor).round().nan_to_num(1.0).clamp(min=1).long()


def _curve_blocks(hidden: int, style: int) -> nn.ModuleList:
    return nn.ModuleList(
        [
            AdaINResBlock(hidden, hidden, style),
            AdaINResBlock(hidden, hidden // 2, style, upsample=True),
            AdaINResBlock(hidden // 2, hidden // 2, style),
        ]
    )


def _with_style(x: Tensor, beside: Tensor, padding: Tensor | None) -> Tensor:
    x = torch.cat([x, beside], dim=2)
    return x if padding is None else x.masked_fill(padding, 0.0)
