"""The app as a user starts it: a separate process with its own port."""

import ast
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

ROOT = Path(__file__).parents[1]
APP = ROOT / "app.py"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(**variables: str) -> tuple[subprocess.Popen[bytes], str]:
    """The app in another process, and its address, once it responds."""
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


LONG = "The old man looked at the river for a long time. " * 300


def test_after_sigterm_new_work_is_refused_and_late_work_is_ended(tmp_path):
    process, url = start(GRADIO_TEMP_DIR=str(tmp_path), KOKORO_GRACE="1.5")
    asked = requests.post(f"{url}gradio_api/call/v2/generate", json={"text": "Hello."}, timeout=20).json()
    assert "complete" in requests.get(f"{url}gradio_api/call/v2/generate/{asked['event_id']}", timeout=60).text
    assert list(tmp_path.rglob("*.wav"))
    requests.post(f"{url}gradio_api/call/v2/generate", json={"text": LONG}, timeout=20)
    body = {"model": "kokoro", "input": LONG, "response_format": "wav"}
    with requests.post(f"{url}v1/audio/speech", json=body, stream=True, timeout=60) as answer:
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        for path in ("health/ready", "v1/models", ""):
            assert requests.get(url + path, timeout=20).status_code == 503
        assert requests.get(f"{url}health/live", timeout=20).status_code == 200
        assert process.wait(15) == 0
        with pytest.raises(requests.RequestException):
            list(answer.iter_content(2**16))
    assert list(tmp_path.rglob("*.wav")) == []
    assert "Traceback" not in process.stdout.read().decode()


def test_after_sigterm_current_speeches_are_finished():
    process, url = start(KOKORO_GRACE="60")
    text = "".join(f"The old man looked at the river for {hours} hours. " for hours in range(2, 27))
    heard = {}

    def speak(name, **fields):
        body = {"model": "kokoro", "input": text, "response_format": "wav", **fields}
        answer = requests.post(f"{url}v1/audio/speech", json=body, timeout=90)
        heard[name] = answer.status_code, len(answer.content)

    def push():
        with connect(f"{url.replace('http', 'ws')}v1/audio/speech/stream") as socket:
            socket.send(json.dumps({"type": "input.text", "text": text}))
            socket.send(json.dumps({"type": "input.done"}))
            heard["pushed"] = []
            with suppress(ConnectionClosed):
                for message in iter(lambda: socket.recv(timeout=60), None):
                    heard["pushed"] += [json.loads(message)["type"]] if isinstance(message, str) else []
        heard["code"] = socket.protocol.close_code

    speak("before", seed=1)
    threads = [
        threading.Thread(target=speak, args=("streamed",), kwargs={"seed": 2}),
        threading.Thread(target=speak, args=("whole",), kwargs={"seed": 3, "stream": False}),
        threading.Thread(target=push),
    ]
    for thread in threads:
        thread.start()
    while requests.get(f"{url}health", timeout=20).json()["waiting"] < len(threads):
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert requests.post(f"{url}v1/audio/speech", json={"input": "Hello."}, timeout=20).status_code == 503
    for thread in threads:
        thread.join(90)
    assert process.wait(15) == 0
    assert heard["streamed"] == heard["whole"] == heard["before"]
    assert heard["before"][0] == 200
    assert heard["pushed"].count("audio.done") == 25
    assert "session.done" in heard["pushed"]
    assert heard["code"] == 1012


def test_a_second_signal_or_an_idle_server_ends_at_once():
    process, url = start(KOKORO_GRACE="60")
    with requests.post(
        f"{url}v1/audio/speech", json={"input": LONG, "response_format": "wav"}, stream=True, timeout=60
    ):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    process, url = start(KOKORO_GRACE="60")
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


def test_the_app_serves_the_page(app):
    page = requests.get(app, timeout=20).text
    assert "Kokoro text to speech" in page


def test_the_page_contacts_no_other_server(app):
    config = requests.get(f"{app}config", timeout=20).json()
    assert config["analytics_enabled"] is False
    page = requests.get(app, timeout=20).text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', page)


@pytest.mark.skipif(find_spec("mcp") is not None, reason="the package is installed")
def test_tools_without_their_package_get_a_clear_message():
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


@pytest.mark.parametrize(("chosen", "used"), [("", "pieces"), ("exact", "exact")])
def test_the_app_voices_in_pieces_unless_the_environment_chooses(chosen, used):
    program = (
        "import os, runpy, kokoro_demo.ui as ui; ui.build_page = lambda *found: found;"
        "ui.open_backend = lambda: os.environ['KOKORO_VOCODER']; ui.serve = lambda page, folder: print(page[0]);"
        f"runpy.run_path({str(APP)!r}, run_name='__main__')"
    )
    environment = {**os.environ, "KOKORO_VOCODER": chosen}
    done = subprocess.run([sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split()[-1:] == [used], done.stderr


def test_packages_txt_is_package_names_alone():
    for line in (ROOT / "packages.txt").read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", line), "apt takes no comments here"
