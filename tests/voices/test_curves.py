import numpy as np
import pytest
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.checkpoints.reading import read_pack
from kokoro_demo.errors import CheckpointError
from kokoro_demo.voices.catalogue import catalogue
from kokoro_demo.voices.curves import COMPONENTS, FILE, KNOTS, ROWS, Curve, curve_pack, fit, read
from tests.small_checkpoint import make_folder


def test_all_voices_are_included_and_small():
    assert set(read()) == set(catalogue())
    assert FILE.stat().st_size <= 300_000


@pytest.mark.parametrize("name", ["af_heart", "zm_yunyang"])
def test_a_pack_has_the_official_shape(name):
    pack = curve_pack(name)
    assert pack.shape == (510, 1, 256)
    assert pack.dtype == torch.float32
    assert torch.isfinite(pack).all()
    assert 0.05 < pack.abs().mean() < 0.5


def test_neighbouring_rows_are_nearly_alike_and_distant_ones_are_not():
    pack = curve_pack("af_heart")[:, 0]
    assert (pack[200] - pack[201]).abs().max() < 0.02
    assert (pack[0] - pack[400]).abs().max() > 0.1


def test_voices_differ():
    assert (curve_pack("af_heart") - curve_pack("af_bella")).abs().mean() > 0.05


def test_a_smooth_pack_is_kept_nearly_as_it_was():
    rows = np.log(np.arange(1, ROWS + 1))[:, None]
    generator = np.random.default_rng(0)
    pack = (0.1 * np.sin(rows * generator.uniform(0.2, 1, (1, 4))) @ generator.normal(size=(4, 16))).astype(np.float32)
    assert np.abs(fit(pack).pack() - pack).max() < 0.01


def test_a_curve_is_a_pack_file_too(tmp_path):
    curve = read()["af_heart"]
    torch.save(curve.tensors(), tmp_path / "af_mine.pt")
    assert torch.equal(read_pack(tmp_path / "af_mine.pt", 128), curve_pack("af_heart"))
    assert (tmp_path / "af_mine.pt").stat().st_size < 8_000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda parts: parts.pop("mean"), "three parts of a curve"),
        (lambda parts: parts.update(amounts=torch.zeros(KNOTS, COMPONENTS)), "'amounts' must be a tensor of float16"),
        (lambda parts: parts.update(mean=torch.zeros(8).half()), "'mean' must be 256, not 8"),
        (lambda parts: parts.update(mean=torch.full((256,), float("inf")).half()), "not finite"),
        (lambda parts: parts.update(mean=torch.zeros(256).half().to_sparse()), "mean is torch._utils._rebuild_sparse"),
    ],
)
def test_an_invalid_curve_is_refused(tmp_path, change, message):
    parts = read()["af_heart"].tensors()
    change(parts)
    torch.save(parts, tmp_path / "af_mine.pt")
    with pytest.raises(CheckpointError, match=message):
        read_pack(tmp_path / "af_mine.pt", 128)


def test_a_model_of_other_sizes_gets_no_voices_of_the_package(tmp_path):
    assert load_checkpoint(make_folder(tmp_path, voices=("af_heart",))).voices.names() == ("af_heart",)


def test_the_parts_of_a_curve_survive_a_file():
    curve = fit(curve_pack("bm_george").numpy()[:, 0])
    again = Curve.from_tensors(curve.tensors(), 256)
    assert all(np.array_equal(one, other) for one, other in zip(curve, again, strict=True))
