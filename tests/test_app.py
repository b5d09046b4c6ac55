"""The app as a person starts it: its own process, its own port."""

import ast
import os
import re
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[1]
APP = ROOT / "app.py"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(**variables: str) -> tuple[subprocess.Popen[bytes], str]:
    """The app in a process of its own, and its address, once it answers."""
    port = free_port()
    environment = {
        **os.environ,
        "KOKORO_CHECKPOINT": "builtin",
        "HF_HUB_OFFLINE": "1",
        "GRADIO_SERVER_PORT": str(port),
        "OMP_NUM_THREADS": "1",
        **variables,
    }
    process = subprocess.Popen(
        [sys.executable, str(APP)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    url = f"http://127.0.0.1:{port}/"
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(process.stdout.read().decode())
        try:
            requests.get(url, timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.2)
    return process, url


@pytest.fixture(scope="module")
def app():
    process, url = start()
    yield url
    process.terminate()
    process.wait(10)


def test_sigterm_ends_what_is_spoken_and_removes_the_visitors_files(tmp_path):
    process, url = start(GRADIO_TEMP_DIR=str(tmp_path))
    asked = requests.post(f"{url}gradio_api/call/v2/generate", json={"text": "Hello."}, timeout=20).json()
    assert "complete" in requests.get(f"{url}gradio_api/call/v2/generate/{asked['event_id']}", timeout=60).text
    assert list(tmp_path.rglob("*.wav"))
    long = {"text": "The old man looked at the river for a long time. " * 300}
    requests.post(f"{url}gradio_api/call/v2/generate", json=long, timeout=20)
    body = {"model": "kokoro", "input": long["text"], "response_format": "wav"}
    with requests.post(f"{url}v1/audio/speech", json=body, stream=True, timeout=60) as answer:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        with pytest.raises(requests.RequestException):
            list(answer.iter_content(2**16))
    assert list(tmp_path.rglob("*.wav")) == []
    assert "Traceback" not in process.stdout.read().decode()


def test_the_app_serves_the_page(app):
    page = requests.get(app, timeout=20).text
    assert "Kokoro text to speech" in page


def test_the_page_phones_nobody(app):
    config = requests.get(f"{app}config", timeout=20).json()
    assert config["analytics_enabled"] is False
    page = requests.get(app, timeout=20).text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', page)


@pytest.mark.skipif(find_spec("mcp") is not None, reason="the package is installed")
def test_tools_without_their_package_get_one_clear_sentence():
    ended = subprocess.run([sys.executable, str(APP), "--mcp"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr == "Tools for assistants (--mcp) need the package mcp: pip install -r requirements-mcp.txt\n"


def test_a_program_hears_the_first_voice(app):
    asked = requests.post(f"{app}gradio_api/call/v2/generate", json={"text": "Hello there."}, timeout=20).json()
    answer = requests.get(f"{app}gradio_api/call/v2/generate/{asked['event_id']}", timeout=60).text
    assert "event: complete" in answer
    sound = requests.get(re.search(r'"url": "([^"]+\.wav)"', answer).group(1), timeout=20).content
    assert sound[:4] == b"RIFF"
    assert len(sound) > 24_000


def test_the_environment_is_set_before_anything_is_imported_and_spaces_before_torch():
    body = [ast.unparse(line) for line in ast.parse(APP.read_text()).body]
    places = {
        name: next(place for place, line in enumerate(body) if name in line)
        for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_DISABLE_TELEMETRY", "import spaces", "kokoro_demo.ui")
    }
    assert places["GRADIO_ANALYTICS_ENABLED"] < places["import spaces"] < places["kokoro_demo.ui"]
    assert places["HF_HUB_DISABLE_TELEMETRY"] < places["import spaces"]


def test_packages_txt_is_package_names_alone():
    for line in (ROOT / "packages.txt").read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", line), "apt takes no comments here"
