"""The jobs of several visitors."""

import numpy as np

from kokoro_demo.checklist import read_list
from kokoro_demo.checklist.check import ANY_TEXT
from kokoro_demo.ui.check_list.jobs import KEPT_JOBS, Jobs
from tests.checklist.pronouncing import check


def begin(jobs, session="a"):
    job = jobs.begin(session, read_list("one\ntwo"), ANY_TEXT)
    job.rows += check("one\ntwo")
    return job


def test_a_visitor_has_one_list_and_a_new_one_stops_the_last():
    jobs = Jobs()
    first, other = begin(jobs), begin(jobs, "b")
    second = begin(jobs)
    assert first.stopped()
    assert jobs.get(first.id) is None
    assert jobs.of("a") is jobs.get(second.id) is second
    assert jobs.of("b") is other
    assert not other.stopped()


def test_clients_without_a_session_do_not_share_a_list():
    jobs = Jobs()
    job = begin(jobs, "")
    assert jobs.of("") is None
    assert jobs.get(job.id) is job


def test_leaving_forgets_the_list():
    jobs = Jobs()
    job = begin(jobs)
    jobs.leave("a")
    assert job.stopped()
    assert jobs.of("a") is None
    jobs.leave("nobody")


def test_the_oldest_of_many_lists_is_forgotten():
    jobs = Jobs()
    made = [begin(jobs, f"visitor {number}") for number in range(KEPT_JOBS + 1)]
    assert jobs.get(made[0].id) is None
    assert made[0].stopped()
    assert jobs.get(made[1].id) is made[1]


def test_the_oldest_audio_is_dropped_but_never_the_visitors_own():
    jobs = Jobs(kept_bytes=100_000)
    silent, old, new = begin(jobs, "silent"), begin(jobs, "old"), begin(jobs, "new")
    for job in (old, new):
        job.begin_zip()
        job.audio_zip.add(job.rows[0], np.zeros(30_000, np.float32))
    jobs.make_room(new)
    assert jobs.get(old.id) is None
    assert jobs.get(new.id) is new
    assert jobs.get(silent.id) is silent
    new.audio_zip.add(new.rows[1], np.zeros(60_000, np.float32))
    jobs.make_room(new)
    assert jobs.get(new.id) is new
