import hashlib
import os

from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.checkpoints.integrity import BLOCK, combined, git_hash_of, sha256_of


def test_the_hash_is_of_the_whole_file(tmp_path):
    content = os.urandom(2 * BLOCK + 7)
    (tmp_path / "file").write_bytes(content)
    assert sha256_of(tmp_path / "file") == hashlib.sha256(content).hexdigest()


def test_a_changed_file_is_read_again(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"one")
    before = sha256_of(file)
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))
    assert sha256_of(file) == hashlib.sha256(b"two").hexdigest() != before


def test_gits_hash_is_gits(tmp_path):
    """The same as `git hash-object`."""
    (tmp_path / "file").write_bytes(b"hello\n")
    assert git_hash_of(tmp_path / "file") == "ce013625030ba8dba906f756967f9e9ca394464a"


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=2, unique=True))
def test_a_combination_depends_on_the_order(contents):
    first, second = (hashlib.sha256(content).hexdigest() for content in contents)
    assert combined(first, second) != combined(second, first)
    assert len(combined(first)) == 16
