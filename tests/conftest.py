"""What every test may use. The environment is set before anything is imported: no test goes to the network."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.pop("KOKORO_CHECKPOINT", None)

from pathlib import Path

import pytest
from hypothesis import settings

from tests.small_checkpoint import make_folder

# New examples are for the people who look for faults; CI must say the same of the same commit twice.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint folder of the real form, whose tiny model speaks noise at once."""
    return make_folder(
        tmp_path_factory.mktemp("checkpoints") / "small", ("af_heart", "bm_george", "ef_dora", "jf_alpha")
    )
