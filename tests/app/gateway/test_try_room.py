"""Dry runs send nothing, tests are marked, past gifts answer why; all through a whole core."""

import asyncio

import pytest

from app.gateway.messages import (
    DryRun,
    GetReceipt,
    GetRules,
    PretendEvent,
    PretendNow,
    PretendViewer,
    Retrigger,
    SetRuleOn,
    SetRulesRunning,
    Stop,
    TryRule,
    WhyNot,
)
from tests.app.gateway.core import PATIENCE_S, Core
from tests.app.gateway.play import LAN, begin, gift, put, rule

FOLLOWERS = [{"key": "sender_is_follower"}]


def draft(**changes):
    return rule("draft", **changes).model_dump(mode="json")


def reasons(trace):
    return [(one.gate, one.passed, one.reason) for one in trace.steps]


async def test_a_dry_run_tells_everything_and_does_nothing(profile):
    async with Core(profile) as core:
        await put(core, rule("one"), rule("two", only_if=FOLLOWERS), rule("off", on=False))
        before = await core.now()
        dry = (await core.ask(DryRun(event=PretendEvent(count=3)))).dry
        assert {one.rule_id: one.ran for one in dry.traces} == {
            "one": True,
            "two": False,
            "off": False,
        }
        (planned,) = dry.commands
        assert (planned.device, planned.instruction, planned.rule_name) == (
            "Motor",
            "rotate",
            "ONE",
        )
        assert planned.args["rounds"] == 1
        assert (dry.stored, dry.cut) == (False, False)
        now = await core.now()
        assert (now.running, now.feed, now.rules) == ((), before.feed, before.rules)
        fan = PretendEvent(who=PretendViewer(handle="fan", follower=True))
        dry = (await core.ask(DryRun(event=fan, rule_id="two"))).dry
        assert [one.ran for one in dry.traces] == [True]


async def test_a_draft_is_asked_though_nobody_saved_it(profile):
    async with Core(profile) as core:
        ask = DryRun(event=PretendEvent(), rule=draft(only_if=FOLLOWERS, on=False))
        (trace,) = (await core.ask(ask)).dry.traces
        assert (trace.rule_id, trace.ran) == ("draft", False)
        assert trace.steps[-1].gate == "only_if:sender_is_follower"
        rules = (await core.ask(GetRules())).rules.content["rules"]
        assert "draft" not in [one["id"] for one in rules]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (DryRun(rule={"id": "x"}), "bad_rule"),
        (DryRun(rule_id="none"), "not_found"),
        (DryRun(event=PretendEvent(kind="battle", text="nonsense")), "bad_event"),
        (DryRun(event=PretendEvent(kind="tick", text="25:00")), "bad_event"),
        (TryRule(), "not_found"),
        (TryRule(rule_id="rose-spin", action=9), "bad_value"),
        (WhyNot(event_id="none"), "unknown_event"),
        (Retrigger(event_id="none"), "unknown_event"),
    ],
)
async def test_what_cannot_be_asked_says_why(profile, request_, code):
    async with Core(profile, demo=False) as core:
        assert (await core.ask(request_)).code == code


@pytest.mark.parametrize(
    "event",
    [
        PretendEvent(kind=kind, text={"battle": "won", "tick": "19:30"}.get(kind, "hi"), name="Go")
        for kind in PretendEvent.model_fields["kind"].annotation.__args__
    ],
    ids=lambda one: one.kind,
)
async def test_every_kind_of_event_can_be_asked_about_and_let_happen(profile, event):
    async with Core(profile, demo=False) as core:
        assert (await core.ask(DryRun(event=event))).ok
        event_id = (await core.ask(PretendNow(event=event))).event_id
        assert event_id.startswith("pretend/")
        assert (await core.now()).stats.gifts == 0


async def test_a_test_of_a_rule_runs_it_once_marked_though_it_is_off(profile):
    async with Core(profile) as core:
        await put(core, rule("off", on=False, only_if=FOLLOWERS), rule("other"))
        begin(core)
        reply = await core.ask(TryRule(rule_id="off"))
        assert reply.dry.traces[0].steps[-1].reason == "condition_false"
        fan = PretendEvent(count=4, who=PretendViewer(follower=True))
        reply = await core.ask(TryRule(rule_id="off", event=fan))
        (trace,) = reply.dry.traces
        assert (trace.rule_id, trace.ran) == ("off", True)
        (running,) = await core.see(lambda now: now.running, "the turn")
        assert running.rule_name == "OFF"
        receipt = (await core.ask(GetReceipt(event_id=reply.event_id))).receipt
        assert (receipt.source, len(receipt.traces)) == ("pretend", 1)
        now = await core.now()
        assert (now.stats.gifts, now.stats.actions) == (0, 0)


async def test_one_step_alone_is_done_whatever_the_conditions_say(profile):
    async with Core(profile) as core:
        steps = [
            {"key": "rotate", "device": "motor", "rounds": "1"},
            {"key": "switch_on", "device": "relay", "seconds": "1"},
        ]
        ask = TryRule(rule=draft(do=steps, only_if=FOLLOWERS), action=1)
        reply = await core.ask(ask)
        assert [one.device for one in reply.dry.commands] == ["Relay"]
        await core.see(lambda now: [one.device for one in now.running] == ["Relay"], "the relay")


async def test_nothing_is_tried_while_everything_is_stopped_but_asked_it_is(profile):
    async with Core(profile) as core:
        begin(core)
        gift(core, 1)
        await core.ask(Stop())
        assert (await core.ask(TryRule(rule_id="rose-spin"))).code == "stopped"
        assert (await core.ask(Retrigger(event_id="gift/1"))).code == "stopped"
        dry = (await core.ask(DryRun(rule_id="rose-spin"))).dry
        assert dry.traces[0].steps[-1].reason == "stopped"


async def test_a_past_gift_says_why_and_why_not_as_it_was_and_as_it_would_be_now(profile):
    async with Core(profile) as core:
        await put(core, rule("one"))
        begin(core)
        gift(core, 1, count=2, total=2)
        await core.ask(SetRuleOn(rule_id="one", on=False))
        await put(core, rule("one", on=False), rule("later", only_if=FOLLOWERS))
        dry = (await core.ask(WhyNot(event_id="gift/1"))).dry
        traces = {one.rule_id: one for one in dry.traces}
        assert (dry.stored, dry.event_id) == (True, "gift/1")
        # It ran then; the other rule was not there and would not have run.
        assert traces["one"].ran
        assert traces["later"].steps[-1].reason == "condition_false"


async def test_a_past_gift_is_sent_again_as_a_pretend_one_with_its_whole_count(profile):
    async with Core(profile) as core:
        begin(core)
        gift(core, 1, LAN, count=2, total=2, streak="c", final=False)
        gift(core, 2, LAN, count=0, total=2, streak="c")
        event_id = (await core.ask(Retrigger(event_id="gift/2"))).event_id
        receipt = (await core.ask(GetReceipt(event_id=event_id))).receipt
        assert (receipt.who, receipt.count, receipt.source) == ("lan", 2, "pretend")
        assert receipt.deliveries
        one = await core.ask(Retrigger(event_id="gift/2", rule_id="rose-spin"))
        assert [trace.rule_id for trace in one.dry.traces] == ["rose-spin"]
        assert (await core.ask(Retrigger(event_id="gift/2", rule_id="none"))).code == "not_found"
        assert (await core.now()).stats.gifts == 2


async def test_a_test_runs_though_the_rules_are_paused(profile):
    async with Core(profile) as core:
        await core.ask(SetRulesRunning(on=False))
        assert (await core.ask(TryRule(rule_id="rose-spin"))).dry.traces[0].ran
        assert not (await core.ask(DryRun(rule_id="rose-spin"))).dry.traces[0].ran


async def test_what_a_run_does_later_is_told_before_and_kept_afterwards(profile):
    async with Core(profile) as core:
        steps = [
            {"key": "wait", "seconds": "0.3"},
            {"key": "rotate", "device": "motor", "rounds": "1"},
            {"key": "wait", "seconds": "1"},
            {"key": "notify", "text": "Thanks {user}"},
        ]
        await put(core, rule("slow", do=steps))
        dry = (await core.ask(DryRun(event=PretendEvent(who=PretendViewer(handle="mai"))))).dry
        assert [(one.instruction, round(one.after_s, 1)) for one in dry.commands] == [
            ("rotate", 0.3),
            ("Notify", 1.3),
        ]
        assert dry.commands[1].device_id == "outlet:notify"
        assert dry.commands[1].args["text"] == "Thanks mai"
        event_id = (await core.ask(PretendNow(event=PretendEvent()))).event_id

        async def receipt():
            return (await core.ask(GetReceipt(event_id=event_id))).receipt

        # A test is no run that is counted; its receipt tells when it has ended.
        async with asyncio.timeout(PATIENCE_S):
            while "notify" not in str((await receipt()).deliveries).casefold():  # noqa: ASYNC110 - no news of it
                await asyncio.sleep(0.02)
        await core.see(lambda now: not now.rules[0].running, "the end of the run")
        told = await receipt()
        (trace,) = told.traces
        assert trace.ran
        assert [one.gate for one in trace.steps].count("do:wait") == 2
        # Whatever becomes of a notification is told, too.
        notes = [one for one in told.deliveries if one.instruction == "Notify"]
        assert notes[-1].args["text"] == "Thanks practice"
        assert notes[-1].stage in {"done", "failed", "dropped"}
        (row,) = (await core.now()).feed
        assert (row.count, row.rule_name) == (1, "SLOW")


async def test_rules_set_variables_and_turn_rules(profile):
    async with Core(profile) as core:
        steps = [
            {"key": "add_variable", "name": "roses", "amount": "count"},
            {"key": "turn_rule", "rule": "other", "turn": "off"},
        ]
        await put(core, rule("first", do=steps), rule("other"))
        await core.ask(DryRun(event=PretendEvent(count=5)))
        assert (await core.now()).variables == ()
        await core.ask(PretendNow(event=PretendEvent(count=5)))
        now = await core.now()
        assert [(one.name, one.value) for one in now.variables] == [("roses", 5)]
        states = {one.id: (one.on, one.switched_by_rule) for one in now.rules}
        assert states == {"first": (True, None), "other": (True, False)}
        await core.ask(SetRuleOn(rule_id="other", on=False))
        await core.ask(SetRuleOn(rule_id="other", on=True))
        states = {one.id: (one.on, one.switched_by_rule) for one in (await core.now()).rules}
        assert states["other"] == (True, None)
