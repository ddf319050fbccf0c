"""The bus: taps hear what they asked for, and cannot harm the publisher or each other."""

from __future__ import annotations

from app.core.bus import Bus


class Fact:
    pass


class Special(Fact):
    pass


def test_a_tap_hears_facts_of_its_type_and_subtypes_in_order():
    bus, heard = Bus(), []
    bus.subscribe(Fact, lambda fact: heard.append(("first", type(fact))))
    bus.subscribe(Special, lambda fact: heard.append(("second", type(fact))))
    bus.publish(Fact())
    bus.publish(Fact())
    bus.publish(Special())
    bus.publish("nobody asked for text")
    assert heard == [("first", Fact), ("first", Fact), ("first", Special), ("second", Special)]


def test_unsubscribing_ends_it_and_twice_does_nothing():
    bus, heard = Bus(), []
    leave = bus.subscribe(Fact, heard.append)
    stay = bus.subscribe(Fact, heard.append)
    bus.publish(Fact())
    leave()
    leave()
    bus.publish(Fact())
    assert len(heard) == 3
    stay()
    stay()
    bus.publish(Fact())
    assert len(heard) == 3


def test_a_tap_may_unsubscribe_itself_and_subscribe_others_while_it_hears():
    bus, heard = Bus(), []

    def once(fact):
        heard.append("once")
        leave()
        bus.subscribe(Fact, lambda _: heard.append("new"))

    leave = bus.subscribe(Fact, once)
    bus.subscribe(Fact, lambda _: heard.append("other"))
    bus.publish(Fact())
    assert heard == ["once", "other"]
    bus.publish(Fact())
    assert heard == ["once", "other", "other", "new"]


def test_a_failing_tap_is_reported_and_the_others_still_hear():
    reports, heard = [], []

    def broken(fact):
        raise ValueError("no")

    bus = Bus(lambda tap, fact, error: reports.append((tap, type(fact), str(error))))
    bus.subscribe(Fact, broken)
    bus.subscribe(Fact, heard.append)
    bus.publish(Fact())
    assert reports == [(broken, Fact, "no")]
    assert len(heard) == 1


def test_even_a_failing_report_and_no_report_at_all_do_not_reach_the_publisher():
    def broken(fact, *more):
        raise ValueError("no")

    for bus in (Bus(broken), Bus()):
        bus.subscribe(Fact, broken)
        bus.publish(Fact())
