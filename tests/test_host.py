"""The library leaves its host program alone: memory, environment, constants of other libraries, umask."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOST = """
import os, signal, sys
from huggingface_hub import constants

def state():
    mask = os.umask(0)
    os.umask(mask)
    handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("KMP_")}  # OpenMP sets its own
    return ours, constants.DOWNLOAD_CHUNK_SIZE, mask, handlers, sys.stdout.errors, os.getcwd()

before = state()
from kokoro_demo.synthesis import process_memory

class Library:
    malloc_trim = staticmethod(lambda keep: sys.exit("malloc_trim was called"))
    mallopt = staticmethod(lambda name, value: sys.exit("mallopt was called"))

process_memory._c_library = lambda: Library
import kokoro_demo
speech = kokoro_demo.generate_audio("Hello there, zobo.")
speech.save("hello.wav")
speech.save("hello.json")
list(kokoro_demo.generate_audio_stream("Hello."))
kokoro_demo.phonemize("Hello there, zobo.")
from kokoro_demo.checkpoints import hub
assert state() == before, (state(), before)
"""


def test_a_call_of_the_library_changes_nothing_in_its_host(tmp_path, small_folder):
    environment = {**os.environ, "KOKORO_CHECKPOINT": str(small_folder), "PYTHONPATH": str(ROOT)}
    for name in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
        environment.pop(name, None)
    done = subprocess.run([sys.executable, "-c", HOST], cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
