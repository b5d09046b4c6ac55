"""The HTTP API's examples in the README are run as they stand, at the test server's address."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

README = Path(__file__).parents[2] / "README.md"
ADDRESS = "http://127.0.0.1:7860"


def example(language: str) -> str:
    section = re.search(r"^## The HTTP API$(.*?)^## ", README.read_text("utf-8"), re.MULTILINE | re.DOTALL).group(1)
    return re.search(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL).group(1)


@pytest.fixture
def run(url, tmp_path):
    def run(*command: str) -> str:
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60).stdout

    return run


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
def test_the_curl_example_makes_a_wav(run, url, tmp_path):
    run("bash", "-euc", example("bash").replace(ADDRESS, url.rstrip("/")))
    info = soundfile.info(tmp_path / "hello.wav")
    assert (info.samplerate, info.subtype) == (24_000, "PCM_16")
    assert info.frames > 0


def test_the_python_example_prints_what_it_got(run, url):
    told = run(sys.executable, "-c", example("python").replace(ADDRESS, url.rstrip("/"))).splitlines()
    assert told[-1] == "['af_heart', 'bf_emma', 'am_adam']"
    assert re.search(r"\.wav hello there\. \d", told[-3])
