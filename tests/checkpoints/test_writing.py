"""Tensors are written atomically, and a full disk raises OSError."""

import errno
from pathlib import Path

import pytest
import torch

from kokoro_demo.checkpoints.writing import save_tensors


def test_written_weights_can_be_read_again(tmp_path):
    save_tensors({"weights": torch.arange(9.0)}, tmp_path / "weights.pth")
    assert torch.equal(torch.load(tmp_path / "weights.pth", weights_only=True)["weights"], torch.arange(9.0))
    assert [path.name for path in tmp_path.iterdir()] == ["weights.pth"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("size", [9, 10_000_000])
def test_a_full_disk_is_an_os_error(size):
    with pytest.raises(OSError, match="No space left") as caught:
        save_tensors({"weights": torch.zeros(size)}, Path("/dev/full"))
    assert caught.value.errno == errno.ENOSPC


def test_an_error_in_the_tensors_is_not_reported_as_a_disk_error(tmp_path):
    with pytest.raises((AttributeError, TypeError, RuntimeError)):
        save_tensors({"weights": lambda: None}, tmp_path / "weights.pth")
    assert not list(tmp_path.iterdir())
