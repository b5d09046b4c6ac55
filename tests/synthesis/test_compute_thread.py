"""One thread computes for all callers, so that there is only one team of OpenMP workers."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.model.interruption import Interrupted, check_interruption, interruptible
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.synthesis.synthesizer import Synthesizer

CALLERS = 6


def threads_of_the_system():
    return len(list(Path("/proc/self/task").iterdir()))


def test_one_thread_computes_for_all():
    def who(*given, **more):
        return threading.current_thread(), (given, more)

    thread, passed = on_compute_thread(who, 1, two=2)
    assert passed == ((1,), {"two": 2})
    assert thread is not threading.current_thread()
    with ThreadPoolExecutor(CALLERS) as callers:
        assert {found[0] for found in callers.map(lambda n: on_compute_thread(who, n), range(CALLERS))} == {thread}


def test_an_error_is_raised_in_the_caller():
    with pytest.raises(ZeroDivisionError):
        on_compute_thread(lambda: 1 / 0)
    assert on_compute_thread(lambda: 1) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_has_its_own_compute_thread():
    on_compute_thread(lambda: None)
    child = os.fork()
    if child == 0:
        os._exit(on_compute_thread(lambda: 7))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="threads of the system are counted in /proc")
def test_many_speakers_share_one_team_of_threads(small_folder):
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
    left = threads_of_the_system() - before - CALLERS
    counted.set()
    for caller in callers:
        caller.join()
    assert left <= 0


def test_the_compute_thread_may_call_itself():
    asking = threading.Thread(
        target=lambda: results.append(on_compute_thread(on_compute_thread, lambda: 5)), daemon=True
    )
    results = []
    asking.start()
    asking.join(10)
    assert results == [5]


def test_a_timeout_error_of_the_work_is_passed_on():
    def late():
        raise TimeoutError("too late")

    with pytest.raises(TimeoutError, match="too late"):
        on_compute_thread(late)


def test_a_caller_that_waits_for_its_turn_can_leave():
    go_on, begun = threading.Event(), threading.Event()

    def busy():
        begun.set()
        go_on.wait(30)

    first = threading.Thread(target=on_compute_thread, args=(busy,))
    first.start()
    begun.wait(10)
    ran = []
    with pytest.raises(Interrupted), interruptible(lambda: True):
        on_compute_thread(ran.append, 1)
    go_on.set()
    first.join(10)
    on_compute_thread(lambda: None)
    assert ran == []


def test_work_is_interrupted_between_its_steps():
    leave, steps = threading.Event(), []

    def work():
        for step in range(1_000):
            check_interruption()
            steps.append(step)
            if step == 3:
                leave.set()

    with pytest.raises(Interrupted), interruptible(leave.is_set):
        on_compute_thread(work)
    assert steps == [0, 1, 2, 3]
