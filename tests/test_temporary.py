import os
import subprocess
import sys
import time

from kokoro_demo.temporary import TemporaryFolder

LEAVE = """
import os, signal, sys
from pathlib import Path
from kokoro_demo.temporary import TemporaryFolder
folder = TemporaryFolder(Path(sys.argv[1]))
(folder.path / "visitor").mkdir()
(folder.path / "visitor" / "audio.wav").write_bytes(b"sound")
print(folder.path, flush=True)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


def wavs(folder):
    return sorted(path.name for path in folder.rglob("*.wav"))


def test_files_of_a_killed_process_are_removed_at_the_next_start_and_those_of_a_living_one_are_not(tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", LEAVE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    left = other.stdout.readline().decode().strip()
    first = TemporaryFolder(tmp_path)
    assert os.path.isdir(left)
    assert wavs(tmp_path) == ["audio.wav"]
    other.communicate(b"\n")
    second = TemporaryFolder(tmp_path)
    assert not os.path.exists(left)
    assert first.path.is_dir()
    assert first.path != second.path


def test_the_folder_is_private_to_its_user_and_is_removed(tmp_path):
    folder = TemporaryFolder(tmp_path)
    (folder.path / "audio.wav").write_bytes(b"sound")
    assert folder.path.stat().st_mode & 0o077 == 0
    folder.remove()
    assert not folder.path.exists()


def test_the_oldest_files_are_removed_first(tmp_path):
    folder = TemporaryFolder(tmp_path)
    for number in range(5):
        path = folder.path / str(number) / f"{number}.wav"
        path.parent.mkdir()
        path.write_bytes(bytes(100))
        os.utime(path, (time.time() + number, time.time() + number))
    folder.keep_within(250)
    assert wavs(folder.path) == ["3.wav", "4.wav"]
    folder.keep_within(0)
    assert wavs(folder.path) == []
    assert TemporaryFolder(tmp_path).path != folder.path
    assert folder.path.is_dir(), "its lock is still there"


def test_another_users_folder_is_not_used(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    name = TemporaryFolder(tmp_path).path.parent.name
    other = tmp_path / "other"
    other.mkdir()
    (other / name).symlink_to(tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere") not in TemporaryFolder(other).path.parents
    assert list((tmp_path / "elsewhere").iterdir()) == []
