"""PL-BERT (Li et al. 2023), an ALBERT (Lan et al. 2019) over phonemes: each phoneme in the context of its sentence."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kokoro_demo.model.config import PlbertConfig
from kokoro_demo.model.interruption import check_interruption
from kokoro_demo.model.layers import padding_mask

LAYER_NORM_EPS = 1e-12


class Plbert(nn.Module):
    """Phoneme ids to contextual features. All layers share one set of weights."""

    def __init__(self, n_token: int, config: PlbertConfig) -> None:
        super().__init__()
        self.num_hidden_layers = config.num_hidden_layers
        self.embeddings = Embeddings(n_token, config)
        self.encoder = Encoder(config)

    def forward(self, input_ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        """input_ids: (B, T) int64, lengths: (B,) if padded; returns (B, T, hidden_size)."""
        attend = None
        if lengths is not None:
            attend = ~padding_mask(lengths, input_ids.shape[1])[:, None, None, :]
        x = self.encoder.embedding_hidden_mapping_in(self.embeddings(input_ids))
        for _ in range(self.num_hidden_layers):
            x = self.encoder.layer(x, attend)
        return x


class Embeddings(nn.Module):
    """The sum of the embeddings of a phoneme, its position, and the first segment, normalised."""

    def __init__(self, n_token: int, config: PlbertConfig) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(n_token, config.embedding_size)
        self.position_embeddings = nn.Embedding(config.max_position_embeddings, config.embedding_size)
        self.token_type_embeddings = nn.Embedding(2, config.embedding_size)
        self.LayerNorm = nn.LayerNorm(config.embedding_size, eps=LAYER_NORM_EPS)

    def forward(self, input_ids: Tensor) -> Tensor:
        """(B, T) int64 to (B, T, embedding_size)."""
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.word_embeddings(input_ids) + self.token_type_embeddings.weight[0]
        return self.LayerNorm(x + self.position_embeddings(positions))


class Encoder(nn.Module):
    """Holds the projection to the hidden size and the one shared layer, under the checkpoint's names."""

    def __init__(self, config: PlbertConfig) -> None:
        super().__init__()
        self.embedding_hidden_mapping_in = nn.Linear(config.embedding_size, config.hidden_size)
        self.albert_layer_groups = nn.ModuleList([nn.ModuleDict({"albert_layers": nn.ModuleList([Layer(config)])})])

    @property
    def layer(self) -> nn.Module:
        """The one layer."""
        return self.get_submodule("albert_layer_groups.0.albert_layers.0")


class Layer(nn.Module):
    """Self-attention, then a feed-forward network with tanh-approximated GELU, each with a residual and a norm."""

    def __init__(self, config: PlbertConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.ffn = nn.Linear(config.hidden_size, config.intermediate_size)
        self.ffn_output = nn.Linear(config.intermediate_size, config.hidden_size)
        self.full_layer_layer_norm = nn.LayerNorm(config.hidden_size, eps=LAYER_NORM_EPS)

    def forward(self, x: Tensor, attend: Tensor | None) -> Tensor:
        """x: (B, T, hidden_size), attend: (B, 1, 1, T) True where a position may be attended to."""
        check_interruption()
        x = self.attention(x, attend)
        return self.full_layer_layer_norm(x + self.ffn_output(F.gelu(self.ffn(x), approximate="tanh")))


class Attention(nn.Module):
    """Multi-head self-attention with its residual and norm."""

    def __init__(self, config: PlbertConfig) -> None:
        super().__init__()
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=LAYER_NORM_EPS)

    def forward(self, x: Tensor, attend: Tensor | None) -> Tensor:
        """x: (B, T, hidden_size); returns the same shape."""
        query, key, value = (
            layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for layer in (self.query, self.key, self.value)
        )
        context = F.scaled_dot_product_attention(query, key, value, attn_mask=attend)
        return self.LayerNorm(x + self.dense(context.transpose(1, 2).flatten(2)))
