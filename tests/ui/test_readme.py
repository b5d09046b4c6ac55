"""Runs the HTTP API's examples from the README and docs against a test server."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/http-api.md")
ADDRESS = "http://127.0.0.1:7860"


def examples(language: str) -> list[str]:
    texts = [(ROOT / page).read_text("utf-8") for page in PAGES]
    blocks = [block for text in texts for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)]
    return [block for block in blocks if ADDRESS in block and ("curl" in block or language == "python")]


@pytest.fixture
def run(url, tmp_path):
    def run(*command: str) -> str:
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60).stdout

    return run


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
@pytest.mark.parametrize("example", examples("bash"))
def test_the_curl_examples_make_a_wav(run, url, tmp_path, example):
    run("bash", "-euc", example.replace(ADDRESS, url.rstrip("/")))
    heard, rate = soundfile.read(tmp_path / "hello.wav")
    assert rate == 24_000
    assert len(heard) > 5000


def test_openais_client_makes_an_mp3(run, url, tmp_path):
    run(sys.executable, "-c", examples("python")[0].replace(ADDRESS, url.rstrip("/")))
    assert soundfile.info(tmp_path / "hello.mp3").samplerate == 24_000


def test_gradios_client_prints_what_it_got(run, url):
    printed = run(sys.executable, "-c", examples("python")[1].replace(ADDRESS, url.rstrip("/"))).splitlines()
    assert printed[-1] == "['af_heart', 'bf_emma', 'am_adam']"
    assert re.search(r"\.wav hello there\. \d", printed[-3])
