"""The prosody predictor of StyleTTS 2 (Li et al. 2023): duration, pitch and energy of each phoneme."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.layers import AdaINResBlock, AdaLayerNorm, padding_mask, run_lstm


class ProsodyPredictor(nn.Module):
    """Contextual phoneme features and a style to durations, and with those, to F0 and energy over the frames."""

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
        """Return (B, T, max_dur); the sum of a token's sigmoids is its duration in frames.

        features: (B, T, hidden_dim + style_dim), from `text_encoder`. lengths: (B,) if padded.
        """
        return self.duration_proj(run_lstm(self.lstm, features, lengths))

    def curves(self, features: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        """Return F0 in Hz, unvoiced if 0 or below, and energy, each (B, 2 * frames): one value for every 12.5 ms.

        features: (B, frames, hidden_dim + style_dim), style: (B, style_dim).
        """
        shared = run_lstm(self.shared, features).transpose(1, 2)
        f0 = energy = shared
        for block in self.F0:
            f0 = block(f0, style)
        for block in self.N:
            energy = block(energy, style)
        return self.F0_proj(f0).squeeze(1), self.N_proj(energy).squeeze(1)


class DurationEncoder(nn.Module):
    """LSTMs alternating with adaptive norms; the style is concatenated to the features after each norm."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden, style = config.hidden_dim, config.style_dim
        self.lstms = nn.ModuleList()
        for _ in range(config.n_layer):
            self.lstms.append(nn.LSTM(hidden + style, hidden // 2, batch_first=True, bidirectional=True))
            self.lstms.append(AdaLayerNorm(style, hidden))

    def forward(self, x: Tensor, style: Tensor, lengths: Tensor | None = None) -> Tensor:
        """x: (B, T, hidden_dim), style: (B, style_dim); returns (B, T, hidden_dim + style_dim)."""
        style_columns = style[:, None, :].expand(-1, x.shape[1], -1)
        padding = None if lengths is None else padding_mask(lengths, x.shape[1])[:, :, None]
        x = _with_style(x, style_columns, padding)
        for layer in self.lstms:
            if isinstance(layer, nn.LSTM):
                x = run_lstm(layer, x, lengths)
            else:
                x = _with_style(layer(x, style), style_columns, padding)
        return x


class DurationProjection(nn.Module):
    """A linear layer, under the checkpoint's name."""

    def __init__(self, hidden_dim: int, max_dur: int) -> None:
        super().__init__()
        self.linear_layer = nn.Linear(hidden_dim, max_dur)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, hidden_dim) to (B, T, max_dur)."""
        return self.linear_layer(x)


def durations_in_frames(logits: Tensor, speed: float) -> Tensor:
    """Convert (T, max_dur) logits to (T,) whole frames of 25 ms, at least one each.

    Half a frame rounds to even, as in the reference implementation. Below speed 1 the first and the last token, which
    are the silence around the utterance, keep their length: stretched, they sound like a vowel before the first word.
    """
    frames = torch.sigmoid(logits).sum(dim=-1)
    divisor = torch.full_like(frames, speed)
    divisor[[0, -1]] = max(speed, 1.0)
    # Broken weights may overflow to NaN here. The resulting waveform is rejected later, with a clear message.
    return (frames / divisor).round().nan_to_num(1.0).clamp(min=1).long()


def _curve_blocks(hidden: int, style: int) -> nn.ModuleList:
    return nn.ModuleList(
        [
            AdaINResBlock(hidden, hidden, style),
            AdaINResBlock(hidden, hidden // 2, style, upsample=True),
            AdaINResBlock(hidden // 2, hidden // 2, style),
        ]
    )


def _with_style(x: Tensor, style_columns: Tensor, padding: Tensor | None) -> Tensor:
    x = torch.cat([x, style_columns], dim=2)
    return x if padding is None else x.masked_fill(padding, 0.0)
