import threading

import pytest

from kokoro_demo.checkpoints.watchdog import Stalled, Watch


def test_it_returns_the_result_of_the_call():
    assert Watch(10).run(lambda: "result") == "result"


def test_it_raises_what_the_call_raises():
    with pytest.raises(ZeroDivisionError):
        Watch(10).run(lambda: 1 / 0)


def test_a_silent_call_is_abandoned_and_ends_at_its_next_progress():
    watch, gate, ended = Watch(0.05), threading.Event(), threading.Event()

    def call():
        gate.wait(10)
        try:
            watch.alive()
        except Stalled:
            ended.set()

    with pytest.raises(Stalled):
        watch.run(call)
    gate.set()
    assert ended.wait(10)


@pytest.mark.slow
def test_a_call_that_makes_progress_may_exceed_the_patience():
    watch, signs = Watch(0.5), threading.Event()

    def call():
        for _ in range(12):
            signs.wait(0.1)
            watch.alive()
        return "done"

    assert watch.run(call) == "done"
