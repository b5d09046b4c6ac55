"""Uploaded voice packs."""

import io
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import RequestError
from kokoro_demo.share import open_link, share_link
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.uploads import MAX_BYTES, read_upload, upload_name
from tests.small_checkpoint import make_folder

DIM = 128


def saved(value, **options):
    written = io.BytesIO()
    torch.save(value, written, **options)
    return written.getvalue()


# Rows that share their memory, like those of a voice with a single style.
MINE = saved(torch.linspace(-1, 1, 2 * DIM).expand(510, 1, 2 * DIM))


def remade(data, change=None, compression=zipfile.ZIP_STORED, **parts):
    """The file with other parts, or with a changed pickle."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", compression) as new:
        for entry in old.infolist():
            content = parts.get(entry.filename.partition("/")[2], old.read(entry))
            if change and entry.filename.endswith("/data.pkl"):
                assert change[0] in content
                content = content.replace(*change)
            new.writestr(entry.filename, content)
    return written.getvalue()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16, torch.float64])
def test_a_pack_is_read_whatever_its_precision(dtype):
    pack = torch.randn(510, 1, 2 * DIM).to(dtype)
    read = read_upload(saved(pack), 2 * DIM)
    assert read.dtype == torch.float32
    assert read.equal(pack.float())


def test_packs_that_share_their_rows_or_have_gradients_are_packs():
    assert read_upload(MINE, 2 * DIM).shape == (510, 1, 2 * DIM)
    assert not read_upload(saved(torch.zeros(4, 1, 2 * DIM, requires_grad=True)), 2 * DIM).requires_grad


class RunsCode:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_malicious_pickle_runs_no_code(tmp_path):
    touched = tmp_path / "touched"
    pickled = pickle.dumps(RunsCode(touched), protocol=2)
    for data in (pickled, saved(RunsCode(touched)), remade(MINE, **{"data.pkl": pickled})):
        with pytest.raises(RequestError, match="not a voice pack"):
            read_upload(data, 2 * DIM)
    assert not touched.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        MINE[:400],
        saved({"pack": torch.zeros(510, 1, 2 * DIM)}),
        saved([torch.zeros(510, 1, 2 * DIM)]),
        saved(OrderedDict()),
        saved("pack"),
        saved(torch.zeros(510, 1, 2 * DIM, dtype=torch.int64)),
        saved(torch.zeros(510, 1, 2 * DIM, dtype=torch.complex64)),
        saved(torch.zeros(510, 1, 2 * DIM).to_sparse()),
        saved(torch.zeros(510, 1, 2 * DIM), _use_new_zipfile_serialization=False),
        remade(saved(torch.zeros(510, 1, 2 * DIM)), compression=zipfile.ZIP_DEFLATED),
        remade(MINE, change=(b"_rebuild_tensor_v2", b"_rebuild_tensor_v3")),
        remade(MINE, change=(b"q\x00", b"r\xff\xff\xff\x7f")),
        remade(MINE, **{"data.pkl": b"\x80\x02cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R."}),
        remade(MINE, **{"data.pkl": b"\x80\x02" + b"(" * 5000 + b"."}),
    ],
)
def test_anything_but_one_plain_tensor_is_refused(data):
    with pytest.raises(RequestError, match=r"not a voice pack|floating point"):
        read_upload(data, 2 * DIM)


@pytest.mark.parametrize(
    "shape", [(510, 256), (510, 2, 128), (510, 1, 512), (0, 1, 256), (1025, 1, 256), (1, 1, 1, 256)]
)
def test_another_shape_is_reported(shape):
    with pytest.raises(RequestError, match="does not fit the model"):
        read_upload(saved(torch.zeros(1).expand(shape)), 2 * DIM)


@pytest.mark.parametrize(
    ("claimed", "instead"),
    [
        (b"M\x00\x01tq\x05Q", b"J\x00\x00\x00\x10tq\x05Q"),
        (b"K\x00M\x00\x01K\x01\x87q\x07", b"J\x00\x00\x00\x10M\x00\x01K\x01\x87q\x07"),
        (b"QK\x00", b"QJ\x00\x00\x00\x10"),
    ],
)
def test_a_claim_of_a_gigabyte_is_not_believed(claimed, instead):
    with pytest.raises(RequestError, match="damaged"):
        read_upload(remade(MINE, change=(claimed, instead)), 2 * DIM)


def test_a_large_file_is_not_read():
    with pytest.raises(RequestError, match="too large"):
        read_upload(b"\0" * (MAX_BYTES + 1), 2 * DIM)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_values_that_are_not_finite_are_refused(value):
    pack = torch.zeros(510, 1, 2 * DIM, dtype=torch.float64)
    pack[400, 0, 7] = value
    with pytest.raises(RequestError, match="not finite"):
        read_upload(saved(pack), 2 * DIM)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(MINE) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_a_pack_or_is_refused(at, bytes_there):
    try:
        pack = read_upload(MINE[:at] + bytes_there + MINE[at + len(bytes_there) :], 2 * DIM)
    except RequestError:
        return
    assert pack.shape[1:] == (1, 2 * DIM)


def test_an_uploaded_voice_speaks_and_blends_for_its_visitor_alone(tmp_path):
    synthesizer = Synthesizer(load_checkpoint(make_folder(tmp_path / "made")))
    pack = synthesizer.checkpoint.voices["bm_george"].clone()
    name = upload_name(pack)
    with_pack = synthesizer.with_packs({name: pack})
    spoken = with_pack.speak(SpeechRequest("Hello.", name, language="en-gb"))
    george = synthesizer.speak(SpeechRequest("Hello.", "bm_george"))
    assert (spoken.audio == george.audio).all()
    assert with_pack.checkpoint.voices[f"{name}+af_heart"].shape == pack.shape
    assert with_pack.checkpoint.voices.default == synthesizer.checkpoint.voices.default
    with pytest.raises(RequestError, match="no longer kept"):
        synthesizer.speak(SpeechRequest("Hello.", name))
    with pytest.raises(RequestError, match="cannot be shared"):
        share_link(spoken.request, "https://example.org/")
    opened = open_link(f"?text=Hi&voice={name}")
    assert opened.request.voice == "af_heart"
    assert "cannot be shared" in opened.notes[0]
