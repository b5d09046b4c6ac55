import hashlib
import os
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock
from huggingface_hub import constants
from huggingface_hub.utils._xet_progress_reporting import XetDownloadProgressReporter

from kokoro_demo.checkpoints import hub as hub_module
from kokoro_demo.checkpoints.checkpoint import open_source
from kokoro_demo.checkpoints.hub import HubRepository, Patience, in_words, official_sha256, parse_repository
from kokoro_demo.checkpoints.watchdog import Watch
from kokoro_demo.errors import CheckpointError
from tests.mock_hub import COMMIT, serving, sign_in_page, status

WEIGHTS = "kokoro-v1_0.pth"
WEIGHTS_BODY = bytes(range(256)) * 4096
CONFIG_BODY = b'{"config": 1}'


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving() as hub:
        hub.files = {
            "config.json": CONFIG_BODY,
            WEIGHTS: WEIGHTS_BODY,
            "voices/af_heart.pt": b"a pack",
            "README.md": b"",
        }
        yield hub


@pytest.fixture
def make(hub, tmp_path):
    def make(repository="owner/name", revision=COMMIT, **others):
        settings = {"endpoint": hub.url, "cache": tmp_path / "cache", "patience": Patience(0.6, 1.2), **others}
        return HubRepository(repository, revision, **settings)

    return make


@pytest.fixture
def official(hub, make, monkeypatch):
    """The official repository, with small files in place of the real ones."""
    hub.commit = hub_module.OFFICIAL_REVISION
    monkeypatch.setattr(hub_module, "OFFICIAL_WEIGHTS_BYTES", len(WEIGHTS_BODY))
    hashes = {"config.json": CONFIG_BODY, WEIGHTS: WEIGHTS_BODY}
    monkeypatch.setattr(
        hub_module, "OFFICIAL_SHA256", {name: hashlib.sha256(body).hexdigest() for name, body in hashes.items()}
    )
    return make(hub_module.OFFICIAL_REPOSITORY, hub_module.OFFICIAL_REVISION)


def failure_of(call):
    with pytest.raises(CheckpointError) as caught:
        call()
    return str(caught.value)


def test_a_file_is_fetched_once_and_then_costs_no_request(hub, make):
    first = make().fetch(WEIGHTS)
    assert first.read_bytes() == WEIGHTS_BODY
    asked = len(hub.requests)
    assert make().fetch(WEIGHTS) == first
    assert len(hub.requests) == asked


def test_progress_reports_bytes_and_ends_at_one(make):
    steps = []
    make().fetch(WEIGHTS, lambda fraction, sentence: steps.append((fraction, sentence)))
    fractions = [fraction for fraction, _ in steps]
    assert len(steps) >= 4, "a megabyte in one step would be no progress"
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert "1 of 1 MB" in steps[-1][1]


def test_the_listing_of_a_commit_is_requested_once(hub, make):
    assert set(make().listing()) == set(hub.files)
    hub.requests.clear()
    assert set(make().listing()) == set(hub.files)
    assert hub.requests == []


def test_a_branch_is_followed_and_pinned_to_its_commit(hub, make):
    repository = make(revision="main")
    repository.listing()
    assert repository.revision == COMMIT
    hub.commit = "f" * 40
    later = make(revision="main")
    later.listing()
    assert later.revision == "f" * 40


def test_without_the_hub_a_branch_is_the_last_fetched_commit(hub, make):
    make(revision="main").listing()
    hub.fail = status(503)
    again = make(revision="main")
    assert set(again.listing()) == set(hub.files)
    assert again.revision == COMMIT


def test_without_the_hub_and_a_listing_what_is_cached_is_listed(hub, make, monkeypatch):
    for path in ("config.json", WEIGHTS, "voices/af_heart.pt"):
        make().fetch(path)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert set(make().listing()) == {"config.json", WEIGHTS, "voices/af_heart.pt"}


def test_the_official_listing_is_known_without_a_request(hub):
    listing = HubRepository(endpoint=hub.url).listing()
    assert len([path for path in listing if path.startswith("voices/")]) == 54
    assert hub.requests == []


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (status(404, "EntryNotFound"), "no such file"),
        (status(404, "RevisionNotFound"), "no such revision"),
        (status(401, "RepoNotFound"), "no such repository"),
        (status(404, "RepoNotFound"), "no such repository"),
        (status(401), "no such repository|does not accept your token"),
        (status(403, "GatedRepo"), "must be granted"),
        (status(403), "refuses"),
        (status(429), "too many requests"),
        (status(500), r"out of order \(500\)"),
        (status(503), r"out of order \(503\)"),
        (status(418), "418"),
        (sign_in_page, "is not the Hub"),
    ],
)
def test_every_refusal_has_its_own_message(hub, make, failure, says):
    hub.fail = failure
    with pytest.raises(CheckpointError, match=says):
        make().fetch("config.json")
    assert len(hub.requests) == 1, "a refusal is not asked for again"
    with pytest.raises(CheckpointError, match=says):
        make(revision="main").listing()


def test_messages_differ_and_say_what_to_do(hub, make):
    messages = set()
    for failure in (status(404, "EntryNotFound"), status(429), status(503), status(403, "GatedRepo"), hub.hang):
        hub.fail = failure
        messages.add(failure_of(lambda: make().fetch("config.json")))
    assert len(messages) == 5
    assert all(message.count(". ") >= 1 and message.endswith(".") for message in messages)


@pytest.mark.slow
def test_a_server_that_accepts_and_never_answers(hub, make):
    hub.fail = hub.hang
    assert "does not answer" in failure_of(lambda: make().fetch("config.json"))
    assert "does not answer" in failure_of(lambda: make(revision="main").listing())


def test_a_name_server_that_never_answers(make, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: time.sleep(5))
    repository = make(endpoint="http://nowhere.invalid", patience=Patience(0.1, 0.2))
    assert "nothing more arrived" in failure_of(lambda: repository.fetch("config.json"))


def test_no_network(make, monkeypatch):
    def unknown(*args, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    message = failure_of(lambda: make(endpoint="http://nowhere.invalid").fetch("config.json"))
    assert "http://nowhere.invalid cannot be reached" in message
    assert "download --to" in message


def test_a_refused_connection(make):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{unused.getsockname()[1]}"
        assert "cannot be reached" in failure_of(lambda: make(endpoint=endpoint).fetch("config.json"))


@pytest.mark.slow
def test_a_body_that_stops_arriving(hub, make):
    def stall(handler):
        if handler.command == "HEAD":
            return False
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(WEIGHTS_BODY)))
        handler.end_headers()
        handler.wfile.write(WEIGHTS_BODY[: 600 * 1024])
        handler.wfile.flush()
        return hub.hang(handler)

    hub.fail = stall
    steps = []
    message = failure_of(lambda: make().fetch(WEIGHTS, lambda fraction, sentence: steps.append(fraction)))
    assert "nothing more arrived" in message
    assert 0 < steps[-1] < 1


def test_a_truncated_body(hub, make, monkeypatch):
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)

    def truncate(handler):
        if handler.command == "HEAD":
            return False
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(WEIGHTS_BODY)))
        handler.end_headers()
        handler.wfile.write(WEIGHTS_BODY[: len(WEIGHTS_BODY) // 2])
        handler.close_connection = True
        return True

    hub.fail = truncate
    assert "broke off" in failure_of(lambda: make().fetch(WEIGHTS))
    hub.fail = lambda handler: False
    assert make().fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY


@contextmanager
def files_no_larger_than(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk(make, tmp_path):
    with files_no_larger_than(100_000):
        message = failure_of(lambda: make().fetch(WEIGHTS))
    assert "no room left" in message
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size > 50_000] == []


def test_a_cache_that_may_not_be_written_is_not_a_network_that_may_not_be_used(make, monkeypatch):
    def forbid(*args, **options):
        raise PermissionError(13, "Permission denied", *args[:1])

    monkeypatch.setattr("os.makedirs", forbid)
    assert "may not be written" in failure_of(lambda: make().fetch(WEIGHTS))

    def forbid_connection(*args, **options):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(socket, "create_connection", forbid_connection)
    assert "cannot be reached" in failure_of(lambda: make(endpoint="http://127.0.0.1:9").fetch(WEIGHTS))


def test_a_cache_that_cannot_be_made(make, tmp_path):
    (tmp_path / "file").write_text("in the way")
    message = failure_of(lambda: make(cache=tmp_path / "file" / "cache").fetch(WEIGHTS))
    assert "config" not in message
    assert WEIGHTS in message


@pytest.mark.parametrize("name", ["config.json", WEIGHTS])
def test_an_official_file_damaged_in_the_cache_is_fetched_again(hub, official, name):
    sound = official.fetch(name)
    sound.resolve().write_bytes(b"bit rot")
    hub.requests.clear()
    assert official.fetch(name).read_bytes() == hub.files[name]
    assert hub.asked_for(name).count("GET") == 1


def test_a_flipped_bit_in_the_cache_is_detected(official):
    blob = official.fetch(WEIGHTS).resolve()
    blob.write_bytes(WEIGHTS_BODY[:1000] + bytes([WEIGHTS_BODY[1000] ^ 1]) + WEIGHTS_BODY[1001:])
    assert official.fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY


def test_a_damaged_copy_without_the_hub_is_reported_as_both(hub, official):
    official.fetch(WEIGHTS).resolve().write_bytes(b"bit rot")
    hub.fail = status(503)
    message = failure_of(lambda: official.fetch(WEIGHTS))
    assert "is damaged" in message
    assert "out of order" in message


def test_a_file_that_arrives_damaged_twice_is_refused(hub, official):
    hub.files[WEIGHTS] = WEIGHTS_BODY[:-1] + b"!"
    assert "damaged twice" in failure_of(lambda: official.fetch(WEIGHTS))
    assert hub.asked_for(WEIGHTS).count("GET") == 2


def test_a_large_file_of_any_repository_is_checked_by_its_name_in_the_cache(make):
    make().fetch(WEIGHTS).resolve().write_bytes(b"bit rot")
    assert make().fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY


def test_a_small_file_of_any_repository_is_checked_by_gits_hash(hub, make):
    blob = make().fetch("config.json").resolve()
    assert make().fetch("config.json").read_bytes() == CONFIG_BODY
    assert hub.asked_for("config.json").count("GET") == 1
    for damaged in (CONFIG_BODY[:6], CONFIG_BODY[:-1] + b"]", b""):
        blob.write_bytes(damaged)
        assert make().fetch("config.json").read_bytes() == CONFIG_BODY


def test_a_cache_without_links_is_checked_by_its_listing(hub, make):
    repository = make()
    repository.listing()
    file = repository.fetch(WEIGHTS)
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[:-3])
    assert make().fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY


def begun(make, content, number="0a1b2c3d"):
    """What a killed process leaves of a download."""
    blobs = make().fetch("config.json").resolve().parent
    path = blobs / f"{hashlib.sha256(WEIGHTS_BODY).hexdigest()}.{number}.incomplete"
    path.write_bytes(content)
    return path


def test_a_killed_download_is_resumed(hub, make):
    begun(make, WEIGHTS_BODY[:1000], "11111111")
    blobs = begun(make, WEIGHTS_BODY[:700_000]).parent
    steps = []
    repository = make()
    fetched = repository.fetch(WEIGHTS, lambda fraction, sentence: steps.append(fraction))
    assert fetched.read_bytes() == WEIGHTS_BODY
    assert [begin for path, begin in hub.ranges] == [700_000]
    assert hub.asked_for(WEIGHTS).count("GET") == 1
    assert steps[0] > 0.6
    assert steps[-1] == 1.0
    assert list(blobs.glob("*.incomplete")) == []
    assert make().fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY


@pytest.mark.parametrize("content", [b"", b"something else" * 1000, WEIGHTS_BODY + b"more", WEIGHTS_BODY])
def test_a_damaged_partial_download_is_fetched_again(hub, make, content):
    blobs = begun(make, content).parent
    assert make().fetch(WEIGHTS).read_bytes() == WEIGHTS_BODY
    assert list(blobs.glob("*.incomplete")) == []


@pytest.mark.slow
def test_a_download_in_progress_in_another_process_is_left_alone(hub, make, tmp_path):
    path = begun(make, WEIGHTS_BODY[:1000])
    lock = tmp_path / "cache" / ".locks" / "models--owner--name" / f"{path.name.split('.')[0]}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock), pytest.raises(CheckpointError):
        make().fetch(WEIGHTS)
    assert path.read_bytes() == WEIGHTS_BODY[:1000]


def test_offline_makes_no_request(hub, make, monkeypatch):
    make().fetch("config.json")
    hub.requests.clear()
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert make().fetch("config.json").read_bytes() == CONFIG_BODY
    assert "HF_HUB_OFFLINE" in failure_of(lambda: make().fetch(WEIGHTS))
    assert hub.requests == []


@pytest.mark.slow
@pytest.mark.parametrize(("offline", "says"), [("1", "HF_HUB_OFFLINE"), ("", "damaged twice")])
def test_the_environment_variables_are_respected(hub, tmp_path, offline, says):
    environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": offline}
    code = "from kokoro_demo.checkpoints.hub import HubRepository; HubRepository().fetch('config.json')"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert says in run.stderr
    assert bool(hub.requests) == (not offline)


def test_progress_with_the_librarys_other_downloader():
    """Large files may be transferred by Xet, which cannot run here; its reporter uses the same progress bar."""
    steps = []
    bar = hub_module._bar(Watch(10), lambda fraction, sentence: steps.append(fraction), "file")
    with XetDownloadProgressReporter(reconstruction_desc="file", total=100, log_level=0, tqdm_class=bar) as reporter:
        for transferred, written in ((30, 0), (60, 50), (90, 100)):
            reporter.update_progress(
                SimpleNamespace(
                    total_bytes_completed=written,
                    total_transfer_bytes_completed=transferred,
                    total_bytes=100,
                    total_transfer_bytes=100,
                    total_bytes_completion_rate=1.0,
                    total_transfer_bytes_completion_rate=1.0,
                )
            )
    assert steps[-1] == 1.0
    assert steps == sorted(steps)
    assert len(steps) >= 3


def test_names_of_repositories():
    assert parse_repository("owner/name") == HubRepository("owner/name", "main")
    assert parse_repository("owner/name@v1.0").revision == "v1.0"
    assert parse_repository("hexgrad/Kokoro-82M") == HubRepository()
    assert parse_repository("hexgrad/Kokoro-82M@main").official is False
    assert open_source("").official


@pytest.mark.parametrize(
    "source",
    [
        "nothing",
        "a/b/c",
        "owner/name@",
        "owner/name@../../x",
        "owner/name@/etc/passwd",
        "../x y",
        "../x",
        "owner/..",
        "-a/b--c",
        "http://host/x",
        "owner/näme",
        "owner/" + "x" * 200,
    ],
)
def test_invalid_repository_names_are_refused(source):
    with pytest.raises(CheckpointError, match="no checkpoint") as caught:
        parse_repository(source)
    for choice in ("a folder", "an ONNX file", "owner/name@revision", "packaged", "builtin"):
        assert choice in str(caught.value)


def test_the_official_hashes():
    assert official_sha256("config.json").startswith("5abb01e2")
    assert official_sha256(WEIGHTS).startswith("496dba11")
    assert official_sha256("voices/af_heart.pt").startswith("0ab5709b")
    assert official_sha256("af_heart") is None
    assert official_sha256("voices/nobody.pt") is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("kokoro-v1_0.pth", "Kokoro's weights"),
        ("voices/af_heart.pt", "the voice af_heart"),
        ("config.json", "config.json"),
    ],
)
def test_the_progress_message_names_what_is_fetched(path, words):
    assert in_words(path) == words
