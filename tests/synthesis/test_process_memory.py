import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kokoro_demo.model.precision import multiplies_bf16
from kokoro_demo.synthesis import process_memory as heap


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(heap, "_tuned", True)
    heap._c_library.cache_clear()
    yield
    heap._c_library.cache_clear()


def test_it_does_no_harm_with_another_c_library(monkeypatch):
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: SimpleNamespace())
    heap.share_one_heap()
    heap.keep_freed_blocks()
    heap.release_unused_memory()


def test_blocks_are_reused_and_everything_is_returned_at_the_end(monkeypatch):
    asked = []
    library = SimpleNamespace(mallopt=lambda *what: asked.append(what), malloc_trim=lambda keep: asked.append(keep))
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda name: library)
    heap.keep_freed_blocks()
    heap.release_unused_memory()
    assert (heap.M_MMAP_MAX, 0) in asked
    assert asked[-1] == 0


@pytest.mark.parametrize(
    ("name", "most"),
    [("ONEDNN_PRIMITIVE_CACHE_CAPACITY", heap.MAX_KERNELS), ("LRU_CACHE_CAPACITY", heap.MAX_PRODUCTS)],
)
def test_few_kernels_are_cached_unless_the_environment_says_otherwise(monkeypatch, name, most):
    for variable in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
        monkeypatch.delenv(variable, raising=False)
    heap.limit_kernel_cache()
    assert os.environ[name] == str(most)
    monkeypatch.setenv(name, "7")
    heap.limit_kernel_cache()
    assert os.environ[name] == "7"


SHAPES = """
import ctypes
import torch
from kokoro_demo.synthesis.process_memory import tune_process

class Blocks(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ord small mapped in_maps us fs in_use free top".split()]

library = ctypes.CDLL(None)
library.mallinfo2.restype = Blocks

def held():
    blocks = library.mallinfo2()
    return blocks.in_use + blocks.in_maps

def products(tiles):
    there, weight = torch.ones(47, 32, dtype=torch.bfloat16), torch.ones(47, 128, 128, dtype=torch.bfloat16)
    rows = torch.ones(tiles, 32, 128, dtype=torch.bfloat16)
    torch.bmm(torch.bmm(there.expand(tiles, -1, -1), rows).transpose(0, 1), weight)

torch.set_num_threads(1)
tune_process()
for tiles in range(10, 20):
    products(tiles)
before = held()
for tiles in range(20, 140):
    products(tiles)
print(held() - before)
"""


@pytest.mark.skipif(not hasattr(heap._c_library(), "mallinfo2"), reason="measured as glibc counts")
@pytest.mark.skipif(not multiplies_bf16(), reason="this CPU does not multiply bfloat16")
def test_products_of_many_shapes_are_not_cached():
    environment = {name: value for name, value in os.environ.items() if not name.endswith("CACHE_CAPACITY")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", SHAPES], env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 40_000_000
