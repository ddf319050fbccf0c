"""Buckets and tries: what is let through at a time that is passed in."""

from __future__ import annotations

import pytest

from app.broker.limits import Bucket, Limits, Tries


def test_a_bucket_gives_its_burst_and_then_its_rate():
    bucket = Bucket(10.0, 3.0, 0.0)
    assert [bucket.take(1.0, 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert bucket.take(1.0, 0.0) == pytest.approx(0.1)
    assert bucket.take(1.0, 0.1) == pytest.approx(0.1)
    assert bucket.take(1.0, 10.0) == 0.0


def test_a_bucket_never_holds_more_than_its_burst():
    bucket = Bucket(10.0, 3.0, 0.0)
    assert bucket.holds(3.0, 1000.0)
    assert not bucket.holds(3.1, 1000.0)


def test_so_many_tries_are_heard_and_then_so_many_a_second():
    tries = Tries(Limits(tries=3.0, tries_rate=1.0))
    for _ in range(3):
        assert tries.allowed("a", 0.0)
        tries.failed("a", 0.0)
    assert not tries.allowed("a", 0.5)
    assert tries.allowed("b", 0.5)
    assert tries.allowed("a", 1.0)


def test_however_many_addresses_try_few_are_remembered():
    tries = Tries(Limits())
    for number in range(5000):
        tries.failed(str(number), 0.0)
    assert len(tries) == 1000
