import os
from types import SimpleNamespace

import pytest

from kokoro_demo.synthesis import process_memory as heap


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(heap, "_tuned", True)
    heap._c_library.cache_clear()
    yield
    heap._c_library.cache_clear()


def test_it_does_no_harm_where_the_c_library_is_another(monkeypatch):
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: SimpleNamespace())
    heap.share_one_heap()
    heap.keep_freed_blocks()
    heap.release_unused_memory()


def test_blocks_are_reused_and_all_is_given_back_at_the_end(monkeypatch):
    asked = []
    library = SimpleNamespace(mallopt=lambda *what: asked.append(what), malloc_trim=lambda keep: asked.append(keep))
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: library)
    heap.keep_freed_blocks()
    heap.release_unused_memory()
    assert (heap.M_MMAP_MAX, 0) in asked
    assert asked[-1] == 0


def test_few_kernels_are_kept_unless_the_environment_says_how_many(monkeypatch):
    name = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
    monkeypatch.delenv(name, raising=False)
    heap.limit_kernel_cache()
    assert os.environ[name] == str(heap.MAX_KERNELS)
    monkeypatch.setenv(name, "7")
    heap.limit_kernel_cache()
    assert os.environ[name] == "7"
