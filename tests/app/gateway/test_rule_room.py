"""What a desk asks about rules and their past, through the channel of a whole core."""

import asyncio
import json

import pytest

from app.core.edits import DropRule, PutRule, to_wire
from app.gateway.messages import (
    AddProfile,
    DropProfile,
    EditRules,
    Fire,
    GetReceipt,
    GetRules,
    PastGifts,
    RenameProfile,
    Resume,
    SetProfile,
    Status,
    Stop,
)
from tests.app.gateway.core import Core
from tests.app.gateway.play import LAN, NEW, begin, gift, put, rule

# --- the document


async def test_the_document_is_read_changed_and_kept(profile):
    async with Core(profile) as core:
        rules = (await core.ask(GetRules())).rules
        assert (rules.profile, rules.revision) == ("Main", (await core.now()).rules_revision)
        assert "rose-spin" in [one["id"] for one in rules.content["rules"]]
        edit = EditRules(revision=rules.revision, edit=to_wire(DropRule("rose-spin")))
        reply = await core.ask(edit)
        assert (reply.ok, reply.revision) == (True, rules.revision + 1)
        event_id = (await core.ask(Fire())).event_id
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.deliveries == ()
        stale = await core.ask(edit)
        assert (stale.ok, stale.code, stale.values) == (
            False,
            "stale",
            {"revision": str(reply.revision)},
        )
    async with Core(profile) as core:
        assert "rose-spin" not in [one.id for one in core.welcome.snapshot.rules]


async def test_every_desk_hears_that_the_rules_changed(profile):
    async with Core(profile) as core:
        rules = (await core.ask(GetRules())).rules
        edit = to_wire(PutRule(rule("fresh"), 0))
        revision = (await core.ask(EditRules(revision=rules.revision, edit=edit))).revision

        news = []
        while not news:
            await core.ask(Status())
            news = [one for one in core.changed if one.type == "changed" and one.rules_revision]
        assert news[-1].rules_revision == revision
        assert "fresh" in [one.id for one in news[-1].rules]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"edit": "explode"}, "bad_edit"),
        ({"edit": "drop_rule", "id": "none"}, "bad_rule"),
        ({"edit": "put_rule", "rule": {"id": "x"}, "position": None}, "bad_rule"),
    ],
)
async def test_an_edit_that_does_not_fit_says_what_is_wrong(profile, edit, code):
    async with Core(profile, demo=False) as core:
        revision = (await core.now()).rules_revision
        reply = await core.ask(EditRules(revision=revision, edit=edit))
        assert (reply.ok, reply.code) == (False, code)
        assert reply.values["problem"]
        assert (await core.now()).rules_revision == revision


async def test_two_desks_that_edit_at_once_come_one_after_the_other(profile):
    async with Core(profile, demo=False) as core:
        revision = (await core.now()).rules_revision
        edits = [to_wire(PutRule(rule(f"desk-{n}"))) for n in range(2)]
        first = await core.ask(EditRules(revision=revision, edit=edits[0]))
        second = await core.ask(EditRules(revision=revision, edit=edits[1]))
        assert (first.ok, second.code) == (True, "stale")
        again = await core.ask(EditRules(revision=first.revision, edit=edits[1]))
        assert again.ok
        ids = {one.id for one in (await core.now()).rules}
        assert {"desk-0", "desk-1"} <= ids


async def test_a_large_document_goes_through_the_channel_whole(profile):
    async with Core(profile, demo=False) as core:
        await put(core, *(rule(f"rule-{n}", note="n" * 500) for n in range(2000)))
        rules = (await core.ask(GetRules())).rules
        assert len(rules.content["rules"]) == 2000


# --- profiles


async def test_profiles_are_switched_while_live_and_what_moves_goes_on(profile):
    async with Core(profile) as core:
        assert (await core.ask(AddProfile(name="Quiet", content={"version": 2, "rules": []}))).ok
        await core.ask(Fire(count=50))
        (running,) = await core.see(lambda now: now.running, "the turn")
        reply = await core.ask(SetProfile(name="Quiet"))
        assert reply.ok
        now = await core.now()
        assert (now.profiles.current, now.profiles.names) == ("Quiet", ("Main", "Quiet"))
        assert now.rules == ()
        assert now.rules_revision == reply.revision
        assert [one.command_id for one in now.running] == [running.command_id]
        event_id = (await core.ask(Fire())).event_id
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.traces == ()
        for request, code in [
            (DropProfile(name="Quiet"), "in_use"),
            (RenameProfile(name="none", to="x"), "not_found"),
            (AddProfile(name="quiet"), "name_taken"),
            (AddProfile(name="Bad", content={"rules": "no"}), "bad_rule"),
        ]:
            assert (await core.ask(request)).code == code, request


async def test_a_run_of_the_former_profile_does_not_go_on(profile):
    async with Core(profile) as core:
        waiting = [{"key": "wait", "seconds": 1}, *rule().model_dump(mode="json")["do"]]
        await put(core, rule("slow", do=waiting))
        event_id = (await core.ask(Fire())).event_id
        await core.see(lambda now: now.rules[0].running, "the run")
        await core.ask(AddProfile(name="Other", content={"version": 2, "rules": []}))
        await core.ask(SetProfile(name="Other"))
        await asyncio.sleep(1.2)
        receipt = (await core.ask(GetReceipt(event_id=event_id))).receipt
        assert receipt.deliveries == ()
        assert receipt.traces[0].steps[-1].reason == "other_set"


async def test_what_a_run_of_the_former_profile_turned_on_goes_off_with_it(profile):
    """What waits in line for it goes too, and the same rule of the new profile starts afresh."""
    async with Core(profile) as core:
        turn = rule().model_dump(mode="json")["do"][0] | {"rounds": "50"}
        slow = rule("slow", do=[turn, turn, {"key": "wait", "seconds": 600}, turn])
        await put(core, slow)
        await core.ask(Fire())
        (running,) = await core.see(lambda now: now.running, "the turn")
        await core.see(lambda now: now.waiting == 1, "the turn that waits")
        same = {"version": 2, "rules": [slow.model_dump(mode="json")]}
        await core.ask(AddProfile(name="Other", content=same))
        await core.ask(SetProfile(name="Other"))
        await core.see(lambda now: not now.running and not now.waiting, "rest")
        await core.ask(Fire())
        (other,) = await core.see(lambda now: now.running, "the turn of the other profile")
        assert other.command_id != running.command_id
        assert (await core.now()).rules[0].running == 1


# --- past gifts


async def test_past_gifts_are_shown_whole_and_searched(profile):
    async with Core(profile) as core:
        begin(core)
        steps = {"streak": "combo", "final": False}
        gift(core, 1, count=1, total=1, **steps)
        gift(core, 2, count=2, total=3, **steps)
        gift(core, 3, count=0, total=3, streak="combo")
        gift(core, 4, LAN, gift_id=NEW, name="Moon", coins=99)
        past = (await core.ask(PastGifts())).past
        assert [(one.gift, one.who, one.count) for one in past.gifts] == [
            ("Moon", "lan", 1),
            ("Rose", "mai", 3),
        ]
        moon, rose = past.gifts
        assert (moon.result, rose.result, rose.rules) == ("none", "ran", ("Spin for roses",))
        # It opens the receipt of the step that ran something.
        assert (await core.ask(GetReceipt(event_id=rose.event_id))).receipt.deliveries
        found = (await core.ask(PastGifts(search="moon"))).past
        assert [one.gift for one in found.gifts] == ["Moon"]
        await core.ask(Fire())
        assert len((await core.ask(PastGifts(viewer_id="7"))).past.gifts) == 1
        assert len((await core.ask(PastGifts(pretend=True))).past.gifts) == 3
        assert (await core.ask(PastGifts(viewer_id="x"))).code == "bad_value"


async def test_past_gifts_come_page_by_page(profile):
    async with Core(profile) as core:
        begin(core)
        for number in range(7):
            gift(core, number)
        first = (await core.ask(PastGifts(limit=4))).past
        last = first.gifts[-1]
        place = {"before_ms": last.at_ms, "before_row": last.row}
        second = (await core.ask(PastGifts(limit=4, **place))).past
        assert (first.more, second.more) == (True, False)
        ids = [one.event_id for one in (*first.gifts, *second.gifts)]
        assert ids == [f"gift/{n}" for n in reversed(range(7))]


# --- runs


async def test_stop_ends_runs_that_wait_and_resume_does_not_bring_them_back(profile):
    async with Core(profile) as core:
        waiting = [{"key": "wait", "seconds": 1}, *rule().model_dump(mode="json")["do"]]
        await put(core, rule("slow", do=waiting))
        event_id = (await core.ask(Fire())).event_id
        await core.see(lambda now: now.rules[0].running, "the run")
        await core.ask(Stop())
        await core.see(lambda now: not now.rules[0].running, "its end")
        await core.ask(Resume())
        await asyncio.sleep(1.2)
        receipt = (await core.ask(GetReceipt(event_id=event_id))).receipt
        assert receipt.deliveries == ()
        assert receipt.traces[0].steps[-1].reason == "stopped"


async def test_rules_edited_in_their_file_are_another_revision(profile):
    async with Core(profile) as core:
        revision = await put(core, rule("one"))
        path = profile / "rules.json"
        await core.until(lambda: path.exists() and "one" in path.read_text(), "the file")
        content = json.loads(path.read_text())
        content["rules"][0]["name"] = "By hand"
        path.write_text(json.dumps(content))
        await core.see(lambda now: now.rules_revision == revision + 1, "the edit")
        assert (await core.now()).rules[0].name == "By hand"
