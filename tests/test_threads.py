"""What computes leaves no threads behind."""

import sys
import threading
import time
from pathlib import Path

import pytest

from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoint import load_checkpoint
from kokoro_demo.synthesizer import Synthesizer
from kokoro_demo.threads import alone

CALLERS = 6


def threads_of_the_system():
    return len(list(Path("/proc/self/task").iterdir()))


def test_what_is_computed_alone_comes_from_a_thread_that_has_ended():
    thread, told = alone(lambda *given, **more: (threading.current_thread(), (given, more)), 1, two=2)
    assert told == ((1,), {"two": 2})
    assert thread is not threading.current_thread()
    assert not thread.is_alive()


def test_an_error_is_the_callers():
    with pytest.raises(ZeroDivisionError):
        alone(lambda: 1 / 0)


@pytest.mark.skipif(sys.platform != "linux", reason="threads of the system are counted in /proc")
def test_many_who_speak_leave_no_team_of_threads_each(small_folder):
    synthesizer = Synthesizer(load_checkpoint(small_folder))
    synthesizer.speak(SpeechRequest("Hello.", voice="af_heart+bm_george"))
    spoken, counted = threading.Barrier(CALLERS + 1), threading.Event()

    def speak(seed):
        synthesizer.speak(SpeechRequest("Hello there, my good friend.", voice="af_heart+bm_george", seed=seed))
        spoken.wait(30)
        counted.wait(30)

    before = threads_of_the_system()
    callers = [threading.Thread(target=speak, args=(seed,)) for seed in range(CALLERS)]
    for caller in callers:
        caller.start()
    spoken.wait(30)
    deadline = time.monotonic() + 10
    while (left := threads_of_the_system() - before - CALLERS) > 0 and time.monotonic() < deadline:
        time.sleep(0.05)  # helpers end a moment after their thread
    counted.set()
    for caller in callers:
        caller.join()
    assert left <= 0
