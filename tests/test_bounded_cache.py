import threading

from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.bounded_cache import BoundedCache


def test_the_least_recently_used_value_is_evicted():
    dropped = []
    cache = BoundedCache(2, dropped=dropped.append)
    cache.keep("a", 1)
    cache.keep("b", 2)
    assert cache.get("a") == 1
    cache.keep("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)
    assert dropped == [2]


def test_a_value_replaces_the_old_one():
    dropped = []
    cache = BoundedCache(10, len, dropped.append)
    cache.keep("a", "12345")
    cache.keep("a", "123456789")
    assert cache.values() == ["123456789"]
    assert dropped == []


def test_a_value_that_is_too_large_is_not_kept_and_evicts_nothing():
    cache = BoundedCache(3, len)
    cache.keep("small", "123")
    cache.keep("large", "1234")
    assert cache.values() == ["123"]


def test_values_may_grow():
    cache = BoundedCache(4, len)
    growing = []
    cache.keep("a", growing)
    cache.keep("b", [0])
    growing += [1, 2, 3, 4]
    cache.keep("b", [0])
    assert cache.values() == [[0]]


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=9))), st.integers(0, 20))
def test_it_never_holds_more_than_its_limit(kept, limit):
    cache = BoundedCache(limit, len)
    for key, value in kept:
        cache.keep(key, value)
        assert sum(map(len, cache.values())) <= limit
        assert cache.get(key) in (value, None)
        assert (cache.get(key) is None) == (len(value) > limit)


def test_threads_share_it():
    cache = BoundedCache(50)

    def work(first):
        for number in range(2_000):
            cache.keep((first + number) % 97, number)
            cache.get(number % 97)
            cache.pop(number % 31)

    threads = [threading.Thread(target=work, args=[first]) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache) <= 50


def test_a_value_is_made_once_for_a_key():
    cache = BoundedCache[str, list[int]](2)
    made = cache.get_or_make("a", lambda: [1])
    assert cache.get_or_make("a", lambda: [2]) is made
    cache.get_or_make("b", lambda: [3])
    cache.get_or_make("c", lambda: [4])
    assert cache.items() == [("b", [3]), ("c", [4])], "the one not used for the longest gave way"
