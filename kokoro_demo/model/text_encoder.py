"""The text encoder: phonemes to acoustic features for the decoder."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.layers import padding_mask, run_lstm


class TextEncoder(nn.Module):
    """An embedding, a stack of convolutions, and a bidirectional LSTM."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        channels, kernel = config.hidden_dim, config.text_encoder_kernel_size
        self.embedding = nn.Embedding(config.n_token, channels)
        self.cnn = nn.ModuleList(
            nn.Sequential(
                nn.Conv1d(channels, channels, kernel, padding=(kernel - 1) // 2),
                ChannelNorm(channels),
                nn.LeakyReLU(0.2),
            )
            for _ in range(config.n_layer)
        )
        self.lstm = nn.LSTM(channels, channels // 2, batch_first=True, bidirectional=True)

    def forward(self, input_ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        """input_ids: (B, T) int64, lengths: (B,) if padded; returns (B, hidden_dim, T)."""
        x = self.embedding(input_ids).transpose(1, 2)
        padding = None if lengths is None else padding_mask(lengths, input_ids.shape[1])[:, None]
        for block in self.cnn:
            if padding is not None:
                x = x.masked_fill(padding, 0.0)
            x = block(x)
        return run_lstm(self.lstm, x.transpose(1, 2), lengths).transpose(1, 2)


class ChannelNorm(nn.Module):
    """Layer normalisation over the channels of (B, C, L)."""

    eps = 1e-5

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, L) to (B, C, L)."""
        return F.layer_norm(x.transpose(1, 2), self.gamma.shape, self.gamma, self.beta, self.eps).transpose(1, 2)
