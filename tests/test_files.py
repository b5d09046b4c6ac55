import contextlib
import errno
import os
import stat
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.files import check_writable, decode_text, encoding_of, replacing, write_whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path):
    path = tmp_path / "a.srt"
    assert write_whole(path, b"one") == path
    write_whole(str(path), b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.srt"]


def test_an_error_in_the_middle_leaves_the_old_content(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"old")

    def fail():
        with replacing(path) as file:
            file.write(b"half of the new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.zip"]


FULL = """
import resource, signal, sys
from kokoro_demo.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    write_whole(sys.argv[1], bytes(10_000))
except OSError as error:
    print(error.errno, error.filename)
"""


def test_a_full_disk_leaves_the_old_content_and_names_the_requested_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == f"{errno.EFBIG} {path}\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: None])
def test_a_path_that_cannot_be_written_is_named(tmp_path, make):
    path = tmp_path / "nothing" / "a.csv"
    make(path.parent)
    if path.parent.is_dir():
        path.mkdir()
    with pytest.raises(OSError, match="directory") as caught:
        write_whole(path, b"")
    assert caught.value.filename == str(path)


def test_the_longest_name_that_the_file_system_accepts_is_accepted(tmp_path):
    path = tmp_path / ("n" * 251 + ".wav")
    check_writable(path)
    write_whole(path, b"sound")
    assert path.read_bytes() == b"sound"
    with pytest.raises(OSError, match="too long") as caught:
        write_whole(tmp_path / ("n" * 252 + ".wav"), b"sound")
    assert caught.value.errno == errno.ENAMETOOLONG
    assert "nnnn.wav" in caught.value.filename


def test_permissions_are_the_usual_ones_and_those_of_a_replaced_file_stay(tmp_path):
    before = os.umask(0o027)
    try:
        new = write_whole(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640
    new.chmod(0o604)
    write_whole(new, b"again")
    assert stat.S_IMODE(new.stat().st_mode) == 0o604


@pytest.mark.slow
def test_the_umask_of_other_threads_is_not_touched(tmp_path):
    wrong, done = [], threading.Event()

    def watch():
        while not done.is_set():
            (tmp_path / "w").unlink(missing_ok=True)
            with (tmp_path / "w").open("w"):
                pass
            if stat.S_IMODE((tmp_path / "w").stat().st_mode) & 0o022:
                wrong.append(1)

    before = os.umask(0o022)
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(200):
            write_whole(tmp_path / "a", b"x")
    finally:
        done.set()
        watcher.join()
        os.umask(before)
    assert not wrong


def test_a_symbolic_link_is_kept(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.wav"
    link.symlink_to(tmp_path / "real" / "a.wav")
    write_whole(link, b"sound")
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.wav").read_bytes() == b"sound"
    assert names(tmp_path / "real") == ["a.wav"]


def test_devices_and_pipes_are_written_to(tmp_path):
    check_writable("/dev/null")
    write_whole("/dev/null", b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"through")
    reader.join(10)
    assert read == [b"through"]
    assert names(tmp_path) == ["pipe"]


def test_unwritable_paths_are_refused_before_the_work(tmp_path):
    check_writable(tmp_path / "a.wav")
    assert names(tmp_path) == []
    (tmp_path / "file").write_bytes(b"")
    for path, reason in {
        tmp_path: "it is a folder",
        tmp_path / "nothing" / "a.wav": "there is no folder",
        tmp_path / "file" / "a.wav": "there is no folder",
        tmp_path / ("n" * 300 + ".wav"): "too long",
        "/dev/full/a.wav": "there is no folder",
    }.items():
        with pytest.raises(RequestError, match=reason):
            check_writable(path)
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(RequestError, match="Permission denied"):
        check_writable(tmp_path / "a.wav")


def test_a_folder_in_which_no_file_can_be_made_is_refused():
    with pytest.raises(RequestError, match=r"Cannot write '/proc/a\.wav'"):
        check_writable("/proc/a.wav")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_text_is_read_back_from_every_unicode_encoding(text):
    text = text.removeprefix("\ufeff")
    assert decode_text(text.encode("utf-8-sig")) == text
    for mark, encoding in {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.items():
        assert decode_text(mark + text.encode(encoding)) == text


def test_text_that_is_not_utf_8_is_read_as_windows_1252():
    text = "“Café” – naïve… 10 €"
    assert encoding_of(text.encode("cp1252")) == "windows-1252"
    assert decode_text(text.encode("cp1252")) == text
    assert encoding_of(text.encode()) == "utf-8-sig"
    assert decode_text(b"caf\xe9 \x81") == "caf\xe9 \x81"


@pytest.mark.parametrize("data", [b"a\0b", "text".encode("utf-16-le"), b"\x7fELF\x02\x01\x01", b"\x89PNG\r\n\x1a\n"])
def test_data_that_is_not_text_is_refused_with_its_name(data):
    with pytest.raises(RequestError, match=r"book\.txt is not a text file"):
        decode_text(data, "book.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(RequestError):
        decode_text(data)
