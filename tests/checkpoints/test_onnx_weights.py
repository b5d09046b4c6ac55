import io
import tracemalloc
import zipfile

import numpy as np
import pytest
import torch
from onnx import TensorProto, helper, load_model_from_string, numpy_helper

from kokoro_demo import generate_audio
from kokoro_demo.checkpoints.checkpoint import load_checkpoint, open_source
from kokoro_demo.checkpoints.onnx_weights import read_onnx
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import Kokoro, load_weights, official_state, plain_weights
from tests import small_onnx
from tests.small_checkpoint import CONFIG, STYLE_DIM, make_folder


@pytest.fixture(scope="module")
def state():
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return official_state(Kokoro(CONFIG))


def plain(state):
    return {f"{module}.{name}": tensor for module in state for name, tensor in plain_weights(state[module]).items()}


FORMS = {
    "names": (small_onnx.by_names, 0),
    "f32": (small_onnx.by_nodes, 0),
    "f16": (lambda state: small_onnx.by_nodes(state, "f16"), 1e-3),
    "int8": (lambda state: small_onnx.by_nodes(state, "int8"), 0.02),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_weights_are_recovered_from_every_form_of_export(state, form):
    write, tolerance = FORMS[form]
    found = read_onnx(write(state), "small.onnx")
    load_weights(Kokoro(CONFIG), found)
    expected, found = plain(state), plain(found)
    assert expected.keys() == found.keys()
    for name, tensor in expected.items():
        assert found[name].dtype == torch.float32
        assert (found[name] - tensor).abs().max() <= tolerance * max(1, tensor.abs().max()), name


def test_eight_bits_stay_eight_bits(state):
    state_of_file = read_onnx(small_onnx.by_nodes(state, "int8"), "small.onnx")
    whole = [tensor for tensors in state_of_file.values() for tensor in tensors.values() if tensor.dtype == torch.int8]
    assert len(whole) > 50


@pytest.fixture
def folder(tmp_path, state):
    folder = make_folder(tmp_path / "small")
    (folder / "kokoro-v1_0.pth").unlink()
    (folder / "kokoro-v1.0.onnx").write_bytes(small_onnx.by_nodes(state))
    return folder


def test_a_folder_with_an_onnx_file_speaks(folder):
    speech = generate_audio("Hello.", voice="bm_george", checkpoint=folder)
    assert len(speech.audio) > 0


def test_the_file_itself_is_a_checkpoint(folder):
    (folder / "kokoro-v1.0.int8.onnx").write_bytes(b"another")
    file = folder / "kokoro-v1.0.onnx"
    for chosen in (file, str(file)):
        checkpoint = load_checkpoint(chosen)
        assert checkpoint.name == "kokoro-v1.0"
        assert checkpoint.voices.names() == ("af_heart", "bm_george")
    with pytest.raises(CheckpointError, match="2 weights files"):
        load_checkpoint(folder)


def test_the_environment_may_name_it(folder, monkeypatch):
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(folder / "kokoro-v1.0.onnx"))
    assert open_source().weights == "kokoro-v1.0.onnx"


def archive(folder, **packs):
    with (folder / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, **packs)


def test_the_archive_of_packs_beside_it_is_read(folder):
    packs = {name: np.full((510, 1, 2 * STYLE_DIM), value, np.float32) for name, value in (("af_sky", 1), ("am_a", 2))}
    archive(folder, **packs)
    (folder / "voices" / "bm_george.pt").rename(folder / "voices" / "am_a.pt")
    voices = load_checkpoint(folder / "kokoro-v1.0.onnx").voices
    assert set(voices.names()) == {"af_heart", "af_sky", "am_a"}
    assert voices["af_sky"].shape == (510, 1, 2 * STYLE_DIM)
    assert (voices["af_sky"] == 1).all()
    assert not (voices["am_a"] == 2).any(), "a pack of its own goes before"


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        (np.zeros((510, 1, 8), np.float32), "must be 510x1x16"),
        (np.zeros((5000, 1, 16), np.float32), "too large|5000x1x16"),
        (np.zeros((10**6, 1, 16), np.float32), "too large"),
        (np.zeros((510, 16), np.float32), "510x16"),
        (np.zeros((510, 1, 16), np.int64), "floating point"),
        (np.full((510, 1, 16), np.nan), "not finite"),
        (np.full((510, 1, 16), 1e300), "not finite"),
        (np.full((510, 1, 16), 100.0), "beyond 16"),
        (np.array([{"a": 1}], dtype=object), "floating point|damaged"),
    ],
)
def test_an_invalid_pack_in_the_archive(folder, pack, says):
    archive(folder, af_sky=pack)
    voices = load_checkpoint(folder).voices
    with pytest.raises(CheckpointError, match=says) as caught:
        voices["af_sky"]
    assert "af_sky" in str(caught.value)
    assert "voices-v1.0.bin" in str(caught.value)


def header(shape, kind="<f4"):
    """The start of a NumPy file that announces an array."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": kind, "fortran_order": False, "shape": shape})
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (header((10**11, 1, 2 * STYLE_DIM)), "is 100000000000x1x16 and must be 510x1x16"),
        (header((2**31, 1, 2 * STYLE_DIM), "<f8"), "must be 510x1x16"),
        (header((510, 10**9, 10**9)), "must be 510x1x16"),
        (header((-510, 1, 2 * STYLE_DIM)), "must be 510x1x16"),
        (header((510, -1, -2 * STYLE_DIM)), "must be 510x1x16"),
        (header((1,) * 40), "must be 510x1x16"),
        (header(()), "one number"),
        (header((510, 1, 2 * STYLE_DIM)), "damaged"),
        (header((510, 1, 2 * STYLE_DIM), "|O"), "floating point"),
        (header((510, 1, 2 * STYLE_DIM)).replace(b"(510, 1, 16)", b"(510,True,1)"), "must be 510x1x16"),
        (header((510, 1, 2 * STYLE_DIM)).replace(b"(510, 1, 16)", b"__import__()"), "damaged"),
        (b"\x93NUMPY\2\0" + header((510, 1, 2 * STYLE_DIM))[8:], "format 1.0"),
        (b"\x93NUMPY\1\0\xff\xff{", "damaged"),
        (b"", "damaged"),
    ],
)
def test_a_header_that_claims_too_much(folder, content, says):
    with zipfile.ZipFile(folder / "voices-v1.0.bin", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("af_sky.npy", content)
    voices = load_checkpoint(folder).voices
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=says) as caught:
            voices["af_sky"]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000, "nothing is made as large as it claims"
    finally:
        tracemalloc.stop()
    assert "voices-v1.0.bin" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\3\4 and no more", b"\x80\x04."])
def test_an_invalid_archive(folder, content):
    (folder / "voices-v1.0.bin").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"voices-v1\.0\.bin is damaged"):
        load_checkpoint(folder)


def one(tensor, *nodes):
    return small_onnx.written(list(nodes), [tensor])


def changed(**fields):
    tensor = numpy_helper.from_array(np.ones((4, 4), np.float32), "bert_encoder.weight")
    for name, value in fields.items():
        if isinstance(value, list):
            del getattr(tensor, name)[:]
            getattr(tensor, name).extend(value)
        else:
            setattr(tensor, name, value)
    return tensor


def external():
    tensor = changed(data_location=TensorProto.EXTERNAL)
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return tensor


@pytest.mark.parametrize(
    ("tensor", "says"),
    [
        (external(), "has its data in another file, which is not opened"),
        (changed(dims=[5, 4]), r"the shape \[5, 4\] and holds 16 values"),
        (changed(dims=[2**40, 2**40]), "holds 16 values"),
        (changed(dims=[-4, -4]), "the shape"),
        (changed(dims=[1] * 9), "the shape"),
        (changed(data_type=TensorProto.STRING), "has a type"),
        (changed(data_type=99), "has a type"),
        (changed(data_type=TensorProto.COMPLEX64), "has a type"),
        (changed(raw_data=b"123"), "holds 0 values"),
    ],
)
def test_a_constant_that_is_not_what_it_claims(tensor, says):
    with pytest.raises(CheckpointError, match=says) as caught:
        read_onnx(one(tensor), "hostile.onnx")
    assert "hostile.onnx" in str(caught.value)
    assert "bert_encoder.weight" in str(caught.value)


@pytest.mark.parametrize("content", [b"no ONNX", b"\x00" * 100, b"\x0a\xff\xff\xff\xff\x0f"])
def test_an_invalid_file(content, tmp_path):
    (tmp_path / "x.onnx").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"x\.onnx"):
        load_checkpoint(tmp_path / "x.onnx")


def test_a_graph_of_another_model_is_reported(tmp_path):
    constants = [numpy_helper.from_array(np.ones((3, 3), np.float32), "resnet.conv.weight")]
    (tmp_path / "resnet.onnx").write_bytes(small_onnx.written([], constants))
    with pytest.raises(CheckpointError, match="missing: "):
        load_checkpoint(tmp_path / "resnet.onnx")


def test_different_weights_under_one_name_are_refused(state):
    data = small_onnx.by_nodes(state)
    model = load_model_from_string(data)
    node = next(node for node in model.graph.node if "attention/query" in node.name)
    again = helper.make_node("MatMul", ["x", node.input[1]], ["y1"], name=node.name.replace("query", "query_3"))
    model.graph.node.append(again)
    read_onnx(model.SerializeToString(), "twice.onnx")
    (stored,) = (initializer for initializer in model.graph.initializer if initializer.name == node.input[1])
    copied = numpy_helper.from_array(numpy_helper.to_array(stored), "onnx::copy")
    model.graph.initializer.append(copied)
    model.graph.node[-1].input[1] = "onnx::copy"
    read_onnx(model.SerializeToString(), "copied.onnx")
    model.graph.initializer.append(numpy_helper.from_array(np.ones((16, 16), np.float32), "onnx::other"))
    again.input[1] = "onnx::other"
    model.graph.node.append(again)
    with pytest.raises(CheckpointError, match=r"attention\.query\.weight has two values"):
        read_onnx(model.SerializeToString(), "twice.onnx")


def test_weights_stored_once_and_used_under_two_names(state):
    """Exporters store equal constants once, and name the others by Identity nodes."""
    model = small_onnx.by_names(state)
    model = load_model_from_string(model)
    (stored,) = [tensor for tensor in model.graph.initializer if tensor.name.endswith("predictor.F0_proj.bias")]
    other = next(tensor for tensor in model.graph.initializer if tensor.name.endswith("predictor.N_proj.bias"))
    model.graph.initializer.remove(other)
    model.graph.node.append(helper.make_node("Identity", [stored.name], [other.name]))
    found = read_onnx(model.SerializeToString(), "shared.onnx")
    assert torch.equal(found["predictor"]["N_proj.bias"], found["predictor"]["F0_proj.bias"])


def test_rows_of_zeros_under_weight_norm_fold_to_zero(state):
    weight = state["text_encoder"]["cnn.0.0.weight"].clone()
    weight[3] = 0
    norm = weight.flatten(1).norm(dim=1).reshape(-1, 1, 1)
    folded = plain_weights({"cnn.0.0.weight_g": norm, "cnn.0.0.weight_v": weight})["cnn.0.0.weight"]
    assert torch.allclose(folded, weight, atol=1e-6)
    assert (folded[3] == 0).all()


def test_an_exported_fourier_transform_is_not_a_weight_of_its_module(state):
    model = load_model_from_string(small_onnx.by_nodes(state))
    plain = read_onnx(model.SerializeToString(), "plain.onnx")
    for part in ("forward_real", "forward_imag"):
        name = f"kmodel.decoder.generator.stft.weight_{part}"
        model.graph.initializer.append(numpy_helper.from_array(np.ones((11, 1, 20), np.float32), name))
        model.graph.node.append(helper.make_node("Conv", ["x", name], [part], name="/kmodel/decoder/generator/Conv"))
    read = read_onnx(model.SerializeToString(), "transformed.onnx")
    assert {name: list(tensors) for name, tensors in read.items()} == {
        name: list(tensors) for name, tensors in plain.items()
    }


def test_a_submodule_of_the_predictor_that_is_called_directly_belongs_to_it():
    from kokoro_demo.checkpoints.onnx_weights import _module_name

    assert _module_name(["text_encoder", "lstms", "0"]) == "predictor.text_encoder.lstms.0"
    assert _module_name(["kmodel", "text_encoder", "lstm"]) == "text_encoder.lstm"


def without_inputs(node):
    del node.input[:]


def without_zero(node):
    node.input[3] = "nowhere"


def of_no_text(node):
    node.name = "QQQQ"


DAMAGED_NODES = {
    "a zero that is nowhere": ("MatMulInteger", without_zero, "nowhere should be a constant"),
    "a cast of nothing": ("Cast", without_inputs, "damaged"),
    "a name that is no text": ("MatMulInteger", of_no_text, "damaged|missing"),
    "dimensions turned by a number": (
        "MatMulInteger",
        lambda node: node.CopyFrom(helper.make_node("Transpose", list(node.input), list(node.output), perm=3.5)),
        "damaged|missing|not an ONNX",
    ),
}


@pytest.mark.parametrize("fault", DAMAGED_NODES)
def test_a_damaged_graph_is_refused_with_its_name(state, fault, tmp_path):
    kind, damage, says = DAMAGED_NODES[fault]
    model = load_model_from_string(small_onnx.by_nodes(state, "int8"))
    damage(next(node for node in model.graph.node if node.op_type == kind))
    data = model.SerializeToString().replace(b"QQQQ", b"\xff\xfe\xff\xfe")
    folder = make_folder(tmp_path / "small")
    (folder / "kokoro-v1_0.pth").unlink()
    (folder / "kokoro-v1.0.onnx").write_bytes(data)
    with pytest.raises(CheckpointError, match=says) as caught:
        load_checkpoint(folder)
    assert "kokoro-v1.0.onnx" in str(caught.value)


def test_three_dimensional_weights_are_not_a_matrix(state):
    node = helper.make_node("MatMul", ["x", "w"], ["y"], name="/bert_encoder/MatMul")
    data = one(numpy_helper.from_array(np.ones((2, 3, 4), np.float32), "w"), node)
    with pytest.raises(CheckpointError, match="not a matrix"):
        read_onnx(data, "hostile.onnx")


@pytest.mark.parametrize("order", [[5, 5], [0], [0, 0], [1, 0, 2], [-1, 0]])
def test_a_transpose_with_an_invalid_permutation(order):
    turned = helper.make_node("Transpose", ["w"], ["w1"], name="turned", perm=order)
    node = helper.make_node("MatMul", ["x", "w1"], ["y"], name="/bert_encoder/MatMul")
    data = one(numpy_helper.from_array(np.ones((4, 4), np.float32), "w"), turned, node)
    with pytest.raises(CheckpointError) as caught:
        read_onnx(data, "hostile.onnx")
    assert f"turned transposes its 2 dimensions in the order {order}" in str(caught.value)
