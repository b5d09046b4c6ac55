"""Voice packs in links: a shared voice sounds the same, and hostile links are refused."""

import base64

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.voices.curve_links import curve_text, pack_of_text
from kokoro_demo.voices.curves import curve_pack
from kokoro_demo.voices.packs import MAX_VALUE

NUMBERS = 256 + 6 * 256 + 128 * 6


def written(values):
    return base64.urlsafe_b64encode(np.asarray(values, "<f2").tobytes()).decode().rstrip("=")


def test_a_pack_survives_approximately_in_seven_thousand_characters():
    pack = curve_pack("bf_emma")
    text = curve_text(pack)
    assert len(text) < 7_000
    assert text.isascii()
    back = pack_of_text(text, 256)
    assert back.shape == (510, 1, 256)
    assert (back - pack).abs().max() < 0.02
    assert (pack_of_text(curve_text(back), 256) - back).abs().max() < 0.02, "shared on"


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 2, 300, 1024])
def test_a_pack_of_any_length_survives_with_its_last_row_for_longer_phrases(rows):
    pack = torch.linspace(-1, 1, rows).reshape(-1, 1, 1) * torch.ones(1, 1, 256)
    back = pack_of_text(curve_text(pack), 256)
    assert back.shape == (510, 1, 256)
    expected = pack[torch.arange(510).clamp(max=rows - 1)]
    assert (back - expected).abs().max() < 0.06


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "damaged"),
        ("A", "damaged"),
        ("A" * 1_000_000, "damaged"),
        (written(np.zeros(NUMBERS - 1)), "damaged"),
        (written(np.zeros(NUMBERS))[:-1] + "!", "damaged"),
        (written(np.zeros(NUMBERS))[:-2] + "é=", "damaged"),
        (written(np.full(NUMBERS, np.nan)), "not finite"),
        (written(np.full(NUMBERS, np.inf)), "not finite"),
        (written(np.full(NUMBERS, 60_000.0)), f"beyond {MAX_VALUE:g}"),
        (written([17.0] * 256 + [0.0] * (NUMBERS - 256)), f"beyond {MAX_VALUE:g}"),
    ],
)
def test_an_invalid_pack_gets_a_message(text, problem):
    with pytest.raises(RequestError, match=problem):
        pack_of_text(text, 256)


def test_a_model_without_packs_and_another_width_are_refused():
    text = curve_text(curve_pack("bf_emma"))
    with pytest.raises(RequestError, match="Open the link again"):
        pack_of_text(text, 0)
    with pytest.raises(RequestError, match="another model"):
        pack_of_text(text, 128)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.binary(max_size=2))
def test_any_bytes_are_a_bounded_pack_or_a_message(seed, more):
    data = np.random.default_rng(seed).bytes(2 * NUMBERS) + more
    try:
        pack = pack_of_text(base64.urlsafe_b64encode(data).decode().rstrip("="), 256)
    except RequestError:
        return
    assert pack.abs().max() <= MAX_VALUE
    assert torch.isfinite(pack).all()
