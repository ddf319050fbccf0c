"""Packets: read as the standard has them, everything else refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.broker import packets
from app.broker.model import RefusalWhy
from app.broker.packets import Connect, Kind, PacketError, Will
from tests.app.broker.house import login, subscribe

WILL = Will("bulb/state", b"offline", 1, retain=True)


def body_of(packet: bytes) -> bytes:
    start = 1
    while packet[start] & 128:
        start += 1
    return packet[start + 1 :]


def test_a_connect_is_read_as_it_was_sent():
    asked = Connect("id", clean=False, keep_alive_s=30, will=WILL)
    read = packets.read_connect(0, body_of(login("bulb", "secret", asked)))
    assert read == Connect("id", False, 30, "bulb", b"secret", WILL)


def test_passwords_and_payloads_show_in_no_repr():
    read = packets.read_connect(
        0, body_of(login("bulb", "hunter2", Connect("id", True, 0, will=WILL)))
    )
    assert "hunter2" not in repr(read)
    assert "offline" not in repr(read)


def test_what_is_passed_on_holds_no_login_and_no_keep_alive():
    asked = Connect("id", False, 30, "bulb", b"hunter2", WILL)
    made = packets.connect(asked, "bulb/id")
    assert b"hunter2" not in made
    assert packets.read_connect(0, body_of(made)) == Connect("bulb/id", False, 0, will=WILL)


@pytest.mark.parametrize(
    ("version", "answer"),
    [(5, b"\x20\x03\x00\x84\x00"), (3, b"\x20\x02\x00\x01"), (0x84, b"\x20\x02\x00\x01")],
)
def test_other_versions_are_answered_in_their_own_words(version, answer):
    with pytest.raises(PacketError) as raised:
        packets.read_connect(0, body_of(login(None, None, Connect("id", True, 0), version)))
    assert raised.value.why is RefusalWhy.VERSION
    assert raised.value.answer == answer


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\x00\x04HTTP\x04\x02\x00\x00\x00\x00",
        b"\x00\x04MQTT",
        b"\x00\xffMQTT\x04\x02\x00\x00\x00\x00",
    ],
)
def test_what_is_no_connect_is_not_mqtt(wrong):
    with pytest.raises(PacketError) as raised:
        packets.read_connect(0, wrong)
    assert raised.value.why is RefusalWhy.NOT_MQTT


@pytest.mark.parametrize(
    "flags",
    [0x01, 0x18 | 0x04, 0x08, 0x20, 0x40],
    ids=["reserved", "qos 3", "qos without will", "retain without will", "password without name"],
)
def test_connect_flags_that_contradict_each_other_are_refused(flags):
    body = b"\x00\x04MQTT\x04" + bytes([flags]) + b"\x00\x00\x00\x00" + b"\x00\x00" * 4
    with pytest.raises(PacketError):
        packets.read_connect(0, body)


def test_a_connect_with_something_behind_it_is_refused():
    with pytest.raises(PacketError):
        packets.read_connect(0, body_of(login("a", "b", Connect("id", True, 0))) + b"x")


@pytest.mark.parametrize("head", [0x00, 0x20, 0x90, 0xB0, 0xD0, 0xF0, 0x80, 0x60, 0xC1, 0x11])
def test_packets_clients_never_send_are_refused(head):
    with pytest.raises(PacketError):
        packets.kind_of(head)


@pytest.mark.parametrize(
    ("flags", "body"),
    [
        (6, b"\x00\x01a\x00\x01"),  # QoS 3
        (8, b"\x00\x01a"),  # again, and QoS 0
        (2, b"\x00\x01a\x00\x00"),  # id 0
        (2, b"\x00\x01a"),  # no id
        (0, b"\x00\x05a"),  # topic cut off
        (0, b"\x00\x01\xff"),  # no UTF-8
        (0, b"\x00\x03a\x00b"),  # a zero byte
    ],
)
def test_malformed_messages_are_refused(flags, body):
    with pytest.raises(PacketError):
        packets.read_publish(flags, body)


@pytest.mark.parametrize(
    "body", [b"", b"\x00\x01", b"\x00\x00\x00\x01a\x00", b"\x00\x01\x00\x01a\x03", b"\x00\x01\x00"]
)
def test_malformed_subscriptions_are_refused(body):
    with pytest.raises(PacketError):
        packets.read_filters(Kind.SUBSCRIBE, body)


def test_filters_are_counted():
    body = body_of(subscribe(7, ("a", 0), ("b/#", 2)))
    assert packets.read_filters(Kind.SUBSCRIBE, body) == 2


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.PINGREQ, b"x"),
        (Kind.DISCONNECT, b"x"),
        (Kind.PUBACK, b"\x01"),
        (Kind.PUBREL, b"\x00\x00"),
        (Kind.PUBCOMP, b"\x00\x01\x00"),
    ],
)
def test_short_packets_have_their_exact_length(kind, body):
    with pytest.raises(PacketError):
        packets.check_short(kind, body)


@given(st.integers(0, 15), st.binary(max_size=200))
def test_no_bytes_whatever_break_the_readers(flags, body):
    def try_all() -> None:
        for read in (packets.read_connect, packets.read_publish):
            with contextlib.suppress(PacketError):
                read(flags, body)
        for kind in (Kind.SUBSCRIBE, Kind.UNSUBSCRIBE):
            with contextlib.suppress(PacketError):
                packets.read_filters(kind, body)

    try_all()


@given(
    st.text("abc/", min_size=1, max_size=300),
    st.binary(max_size=20_000),
    st.integers(0, 2),
    st.booleans(),
)
def test_a_built_message_reads_back(topic, payload, qos, retain):
    built = packets.publish(topic, payload, qos, 7, retain=retain)
    assert packets.kind_of(built[0]) is Kind.PUBLISH
    read = packets.read_publish(built[0] & 15, body_of(built))
    assert (read.topic, read.qos) == (topic, qos)
    assert built.endswith(payload)
    assert bool(built[0] & 1) is retain
