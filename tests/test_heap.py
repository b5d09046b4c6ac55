from types import SimpleNamespace

import pytest

from kokoro_demo import heap


@pytest.mark.parametrize("library", [SimpleNamespace(), SimpleNamespace(malloc_trim=lambda keep: 1)])
def test_it_does_no_harm_where_the_c_library_cannot(monkeypatch, library):
    heap._trim.cache_clear()
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: library)
    heap.give_back()
    heap._trim.cache_clear()
