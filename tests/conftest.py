"""Fixtures for all tests. The environment is set before anything is imported, so that no test uses the network."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.pop("KOKORO_CHECKPOINT", None)

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_from
from kokoro_demo.checkpoints.packaged import Packaged
from kokoro_demo.speech import SpeechRequest, SpeechStream
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.small_checkpoint import make_folder

# Random examples find faults on developers' machines; in CI the same commit must give the same result twice. A busy
# machine is not a fault of the code, so examples have no deadline.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint folder of the real form, whose tiny model makes noise at once."""
    return make_folder(
        tmp_path_factory.mktemp("checkpoints") / "small", ("af_heart", "bm_george", "ef_dora", "jf_alpha")
    )


@pytest.fixture(scope="session")
def real_kokoro(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """Kokoro-82M in 8 bits from the packages of requirements-dev.txt, in float32; never downloaded."""
    cache = getattr(pytestconfig, "cache", None)
    folder = cache.mkdir("kokoro") if cache is not None else tmp_path_factory.mktemp("kokoro")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KOKORO_PRECISION", "f32")
        return load_from(Packaged(cache=Path(folder)))


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the texts that are spoken, in order."""
    texts: list[str] = []
    stream = Synthesizer.stream

    def noted(self: Synthesizer, request: SpeechRequest, *arguments: Any, **options: Any) -> SpeechStream:
        texts.append(request.text)
        return stream(self, request, *arguments, **options)

    monkeypatch.setattr(Synthesizer, "stream", noted)
    return texts


# Fixtures that take seconds: the real model, a browser, a server with a page, other processes. A slow test without them
# has the marker itself.
_SLOW_FIXTURES = {"real_kokoro", "browser", "serve", "served", "url", "client"}
_SLOW = (
    "tests/batch/test_batch.py",
    "tests/browser",
    "tests/checklist/test_command.py",
    "tests/checklist/test_readme.py",
    "tests/checkpoints/test_checkpoint.py",
    "tests/checkpoints/test_hub.py",
    "tests/checkpoints/test_loading.py",
    "tests/checkpoints/test_onnx_export.py",
    "tests/checkpoints/test_onnx_weights.py",
    "tests/checkpoints/test_packaged.py",
    "tests/checkpoints/test_shared.py",
    "tests/commands/test_book.py",
    "tests/commands/test_compact.py",
    "tests/commands/test_download.py",
    "tests/first/test_first_voice.py",
    "tests/g2p/test_espeak_library.py",
    "tests/model/test_fast.py",
    "tests/model/test_few_bits.py",
    "tests/model/test_pace.py",
    "tests/model/test_parity.py",
    "tests/model/test_pieces.py",
    "tests/synthesis/test_costs.py",
    "tests/synthesis/test_phrase_chunks.py",
    "tests/synthesis/test_process_memory.py",
    "tests/synthesis/test_scripts.py",
    "tests/synthesis/test_synthesizer.py",
    "tests/test_app.py",
    "tests/test_doctor.py",
    "tests/test_host.py",
    "tests/test_main.py",
    "tests/tools/test_vocoder_statistics.py",
    "tests/ui/programs/test_clients.py",
    "tests/ui/programs/test_lost_clients.py",
    "tests/ui/programs/test_openai",
    "tests/ui/programs/test_wyoming.py",
    "tests/voices/test_loudness.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `-m "not slow"` leaves out."""
    for item in items:
        if _SLOW_FIXTURES & set(getattr(item, "fixturenames", ())) or item.nodeid.startswith(_SLOW):
            item.add_marker(pytest.mark.slow)
