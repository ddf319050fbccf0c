"""Quality of service of one session: in order, at most so many, again after a reconnect."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.broker.flow import Flow, Message
from app.broker.limits import Limits
from app.broker.packets import Kind
from tests.app.broker.test_packets import body_of

LIMITS = Limits(in_flight=2, queued=3, queued_bytes=1000)


class Pipe:
    def __init__(self):
        self.sent = []

    def send(self, data, *, message=False, may_drop=False):
        self.sent.append(data)

    def ids(self):
        return [int.from_bytes(body_of(one)[3:5], "big") for one in self.sent if one[0] >> 4 == 3]

    def payloads(self):
        return [one[-1:] for one in self.sent if one[0] >> 4 == 3]


def flow(limits=LIMITS):
    made, pipe = Flow(limits), Pipe()
    made.connect(pipe)
    return made, pipe


def message(payload=b"x"):
    return Message("t", payload)


def test_qos_0_goes_out_at_once_and_is_kept_for_nobody():
    made, pipe = flow()
    made.deliver(message(b"1"), 0)
    made.disconnect(pipe)
    made.deliver(message(b"2"), 0)
    again = Pipe()
    made.connect(again)
    assert pipe.payloads() == [b"1"]
    assert again.sent == []


def test_no_more_than_the_window_is_under_way():
    made, pipe = flow()
    for one in b"1", b"2", b"3":
        made.deliver(message(one), 1)
    assert pipe.payloads() == [b"1", b"2"]
    made.acknowledged(Kind.PUBACK, pipe.ids()[0])
    assert pipe.payloads() == [b"1", b"2", b"3"]


def test_what_was_not_acknowledged_comes_again_and_is_marked_so():
    made, pipe = flow()
    made.deliver(message(b"1"), 1)
    made.disconnect(pipe)
    made.deliver(message(b"2"), 1)
    again = Pipe()
    made.connect(again)
    assert again.payloads() == [b"1", b"2"]
    assert [one[0] & 8 for one in again.sent] == [8, 0]
    assert again.ids()[0] == pipe.ids()[0]


def test_the_newest_is_left_out_when_the_queue_is_full():
    made, pipe = flow()
    made.disconnect(pipe)
    for number in range(5):
        made.deliver(message(b"%d" % number), 1)
    again = Pipe()
    made.connect(again)
    for packet_id in [1, 2]:
        made.acknowledged(Kind.PUBACK, packet_id)
    assert again.payloads() == [b"0", b"1", b"2"]
    assert made.left_out == 2


def test_bytes_are_bounded_but_one_message_always_fits():
    made, pipe = flow()
    made.deliver(message(b"x" * 5000), 1)
    made.deliver(message(b"y"), 1)
    assert pipe.payloads() == [b"x"]
    assert made.left_out == 1
    made.acknowledged(Kind.PUBACK, 1)
    made.deliver(message(b"z"), 1)
    assert pipe.payloads() == [b"x", b"z"]


def test_qos_2_takes_its_four_steps():
    made, pipe = flow()
    made.deliver(message(), 2)
    made.acknowledged(Kind.PUBREC, 1)
    assert pipe.sent[-1] == b"\x62\x02\x00\x01"
    made.acknowledged(Kind.PUBCOMP, 1)
    again = Pipe()
    made.connect(again)
    assert again.sent == []


def test_qos_2_goes_on_where_it_was_after_a_reconnect():
    made, _ = flow()
    made.deliver(message(), 2)
    made.acknowledged(Kind.PUBREC, 1)
    again = Pipe()
    made.connect(again)
    assert again.sent == [b"\x62\x02\x00\x01"]


def test_acknowledgements_that_fit_nothing_change_nothing():
    made, pipe = flow()
    made.deliver(message(), 2)
    made.acknowledged(Kind.PUBACK, 1)
    made.acknowledged(Kind.PUBCOMP, 1)
    made.acknowledged(Kind.PUBACK, 99)
    made.deliver(message(), 1)
    made.deliver(message(), 1)
    assert len(pipe.sent) == 2
    # But whoever waits for an answer to an old one gets it.
    made.acknowledged(Kind.PUBREC, 99)
    assert pipe.sent[-1] == b"\x62\x02\x00\x63"


def test_an_older_pipe_cannot_end_a_newer_one():
    made, old = flow()
    new = Pipe()
    made.connect(new)
    made.disconnect(old)
    made.deliver(message(), 0)
    assert len(new.sent) == 1


def test_a_message_of_qos_2_is_taken_once_until_it_is_released():
    made, _ = flow()
    assert made.take(5)
    assert not made.take(5)
    made.release(5)
    assert made.take(5)


def test_ids_that_are_never_released_are_bounded():
    made, _ = flow()
    for number in range(1, 1000):
        made.take(number)
    assert len(made._taken) == LIMITS.queued


def test_ids_under_way_are_not_used_again_when_they_wrap_round():
    made, pipe = flow(replace(LIMITS, in_flight=3))
    made.deliver(message(), 1)
    made._last_id = 0xFFFF - 1
    made.deliver(message(), 1)
    made.deliver(message(), 1)
    assert pipe.ids() == [1, 0xFFFF, 2]


@given(st.lists(st.one_of(st.integers(0, 2), st.sampled_from(["ack", "cut", "back"])), max_size=60))
def test_bytes_and_counts_stay_right_whatever_happens(steps):
    made, pipe = flow()
    number = 0
    for step in steps:
        if step == "cut":
            made.disconnect(pipe)
        elif step == "back":
            pipe = Pipe()
            made.connect(pipe)
        elif step == "ack":
            for packet_id, sent in list(made._in_flight.items())[:1]:
                if sent.qos == 1:
                    made.acknowledged(Kind.PUBACK, packet_id)
                else:
                    made.acknowledged(Kind.PUBREC, packet_id)
                    made.acknowledged(Kind.PUBCOMP, packet_id)
        else:
            number += 1
            made.deliver(message(b"x" * number), step)
        kept = [*made._in_flight.values(), *made._waiting]
        assert made._bytes == sum(len(one.message.payload) for one in kept)
        assert len(made._in_flight) <= LIMITS.in_flight
        assert len(made._waiting) <= LIMITS.queued
