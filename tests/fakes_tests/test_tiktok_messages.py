"""The message builders, against captured rooms where they are at hand, and against the facts."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
from pathlib import Path

import pytest

from tests.fakes.tiktok import gifts, messages
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.messages import Msg, Stamp
from tests.fakes.tiktok.proto import Fields, WireError, decode, first_bytes, first_int, first_text
from tests.fakes.tiktok.viewers import ALICE, GUEST, MODERATOR, SUBSCRIBER, Viewer, numbered

CAPTURES = Path(__file__).parents[2].parent / "shared" / "data" / "captures"
GIFT_LIST = CAPTURES.parent / "gifts.json"

BUILT = (
    gifts.gift(gifts.ROSE),
    gifts.Combo(gifts.ROSE).progress(3, added=2),
    messages.chat("hi"),
    messages.like(3, 900),
    messages.follow(),
    messages.share(),
    messages.join(),
    messages.viewer_count(90),
    messages.battle(5, messages.BATTLE_FINISHED, {9000: 10, 9001: 4}),
    messages.armies(5, {9000: 10, 9001: 4}),
    messages.emote_chat(),
    messages.caption("good evening"),
)


def captured() -> dict[str, list[bytes]]:
    files = sorted(CAPTURES.glob("*.jsonl.gz"))
    if not files:
        pytest.skip("no captured rooms beside this checkout")
    found: dict[str, list[bytes]] = {}
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                found.setdefault(row["method"], []).append(base64.b64decode(row["payload"]))
    return found


def shape(data: bytes, depth: int) -> dict[tuple[int, ...], set[str]]:
    """Return {field path: wire kinds seen there}, `depth` levels down where bytes are messages."""
    found: dict[tuple[int, ...], set[str]] = {}
    for number, values in decode(data).items():
        for value in values:
            kind = "number" if isinstance(value, int) else "bytes"
            found.setdefault((number,), set()).add(kind)
            if isinstance(value, bytes) and depth:
                try:
                    inner = shape(value, depth - 1)
                except WireError:
                    continue
                for path, kinds in inner.items():
                    found.setdefault((number, *path), set()).update(kinds)
    return found


def test_every_kind_is_written_with_the_wire_types_of_captured_rooms() -> None:
    rooms = captured()
    compared = 0
    for msg in BUILT:
        real: dict[tuple[int, ...], set[str]] = {}
        for payload in rooms[msg.method]:
            for path, kinds in shape(payload, 2).items():
                real.setdefault(path, set()).update(kinds)
        for path, kinds in shape(msg.payload, 2).items():
            if path in real:
                compared += 1
                assert kinds <= real[path], f"{msg.method} {path}: {kinds} is not {real[path]}"
    assert compared > 150


def test_sizes_are_those_of_captured_rooms() -> None:
    rooms = captured()
    for msg in BUILT[:8]:
        sizes = sorted(map(len, rooms[msg.method]))
        assert sizes[0] * 0.5 < len(msg.payload) < sizes[-1] * 3, (
            msg.method,
            len(msg.payload),
            sizes,
        )


def test_captured_combos_follow_the_rules_our_combos_follow() -> None:
    seen = 0
    for payload in captured()["WebcastGiftMessage"]:
        fields = decode(payload)
        kind = decode(first_bytes(fields, 15))
        if first_int(kind, 11) != gifts.COMBO_TYPE:
            assert first_int(fields, 11) == 0
            continue
        seen += 1
        assert first_int(fields, 11) > 0
        if first_int(fields, 9) and first_int(fields, 34) == 0:
            assert first_int(fields, 13) == 0
        elif not first_int(fields, 9):
            assert first_int(fields, 13) >= first_int(kind, 12)
    assert seen > 20


def test_the_catalogue_has_real_ids_names_and_prices() -> None:
    if not GIFT_LIST.exists():
        pytest.skip("no gift list beside this checkout")
    real = {gift["id"]: gift for gift in json.loads(GIFT_LIST.read_text("utf-8"))}
    for kind in gifts.CATALOGUE:
        listed = real[kind.id]
        assert (kind.name, kind.coins, kind.combo) == (
            listed["name"],
            listed["coins"],
            listed["combo"],
        )


def gift_fields(msg: Msg) -> Fields:
    assert msg.method == "WebcastGiftMessage"
    return decode(msg.payload)


def test_a_combo_counts_up_and_ends_with_the_last_count() -> None:
    frames = [gift_fields(msg) for msg in gifts.Combo(gifts.ROSE).frames(7, step=3)]
    assert [(first_int(f, 5), first_int(f, 9)) for f in frames] == [(3, 0), (6, 0), (7, 0), (7, 1)]
    assert [first_int(f, 13) for f in frames] == [3, 3, 1, 0]
    assert len({first_int(f, 11) for f in frames}) == 1
    assert len({first_int(decode(first_bytes(f, 1)), 2) for f in frames}) == 4


def test_two_combos_never_share_a_group() -> None:
    assert gifts.Combo(gifts.ROSE).group != gifts.Combo(gifts.ROSE).group


def test_a_single_gift_has_no_group_and_may_end_or_not() -> None:
    fields = gift_fields(gifts.gift(gifts.LION))
    assert (
        first_int(fields, 2),
        first_int(fields, 5),
        first_int(fields, 9),
        first_int(fields, 11),
    ) == (6369, 1, 0, 0)
    ended = gift_fields(gifts.Gift(gifts.LION, end=True).message())
    assert first_int(ended, 9) == 1


@pytest.mark.parametrize(
    ("way", "user", "member"),
    [("user", True, False), ("member", False, True), ("both", True, True)],
)
def test_a_gift_for_a_guest_says_so_in_the_chosen_fields(
    way: str, user: bool, member: bool
) -> None:
    fields = gift_fields(gifts.Gift(gifts.ROSE, to=GUEST, to_fields=way, end=True).message())
    assert (8 in fields) is user
    assert (46 in fields) is member
    assert json.loads(first_text(fields, 22))["to_user_id"] == GUEST.id
    assert first_int(decode(first_bytes(fields, 23)), 8) == GUEST.id


def test_a_gift_can_lack_its_struct_and_its_monitor_text() -> None:
    fields = gift_fields(
        gifts.Gift(gifts.ROSE, struct=False, monitor=False, order_id="7").message()
    )
    assert 15 not in fields
    assert 22 not in fields
    assert first_text(fields, 28) == "7"


def test_the_stamp_rules_the_envelope() -> None:
    msg = messages.chat("hi", at=Stamp(msg_id=7, create_ms=1700000000000, room_id=12))
    head = decode(first_bytes(decode(msg.payload), 1))
    assert (msg.msg_id, first_int(head, 2), first_int(head, 3), first_int(head, 4)) == (
        7,
        7,
        12,
        1700000000000,
    )
    assert decode(msg.as_history().encode())[6] == [1]
    assert dataclasses.replace(msg, msg_id=0).encode() != msg.encode()


def test_levels_and_roles_are_badges_and_identity() -> None:
    viewer = Viewer(5, "x", gifter_level=12, fan_level=7, is_moderator=True, is_subscriber=True)
    fields = decode(viewer.encode())
    badges = {
        first_int(b, 3): first_text(decode(first_bytes(b, 12)), 5) for b in map(decode, fields[64])
    }
    assert badges == {1: "", 4: "1", 8: "12", 10: "7"}
    assert decode(viewer.identity(gives_gift=True)) == {1: [1], 2: [1], 5: [1]}
    assert decode(MODERATOR.identity()) == {4: [1], 5: [1]}
    assert decode(SUBSCRIBER.encode())[1090] == [1]


def test_a_plain_viewer_is_small_and_numbered_ones_differ() -> None:
    assert len(numbered(1, rich=False).encode()) < 100
    assert len({numbered(n).encode() for n in range(50)}) == 50


def test_a_battle_names_the_winner_only_at_its_end() -> None:
    opened = decode(messages.battle(5, messages.BATTLE_OPEN, {1: 0, 2: 0}).payload)
    assert 5 not in opened
    ended = decode(messages.battle(5, messages.BATTLE_FINISHED, {1: 10, 2: 4}).payload)
    results = {first_int(e, 1): decode(first_bytes(e, 2)) for e in map(decode, ended[5])}
    assert {who: first_int(r, 2) for who, r in results.items()} == {
        1: messages.WON,
        2: messages.LOST,
    }
    drawn = decode(messages.battle(5, messages.BATTLE_FINISHED, {1: 3, 2: 3}).payload)
    assert {first_int(decode(first_bytes(e, 2)), 2) for e in map(decode, drawn[5])} == {
        messages.DRAW
    }


def test_broken_messages_are_broken_the_way_they_say() -> None:
    with pytest.raises(UnicodeDecodeError):
        first_bytes(decode(messages.bad_utf8().payload), 3).decode()
    twisted = decode(messages.wrong_wire_types().payload)
    assert isinstance(twisted[5][0], bytes)
    assert isinstance(twisted[15][0], int)
    with pytest.raises(WireError):
        decode(messages.chat("hi").cut(40).payload)


def test_the_same_viewer_in_many_messages_is_written_the_same() -> None:
    bodies = {first_bytes(gift_fields(gifts.gift(gifts.ROSE, ALICE)), 7) for _ in range(3)}
    assert bodies == {ALICE.encode()}


def test_a_frame_knows_what_it_carries() -> None:
    msgs = [messages.chat("a"), messages.like(1, 2)]
    frame = Frame(msgs, need_ack=False).encode()
    assert (frame.msgs, frame.need_ack) == (tuple(msgs), False)
    assert first_int(decode(frame.data), 2) == frame.log_id > 0
