"""Neighbours on a network of this computer alone, told by the very package that is asked."""

from __future__ import annotations

import asyncio
import socket

import pytest
from zeroconf import ServiceInfo, Zeroconf

from drivers.home_assistant import HomeAssistant
from drivers.transports import mdns
from drivers.wled import Wled
from tests.drivers.alone import alone
from tests.drivers.transports.far import no_side_loop


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    monkeypatch.setenv(mdns.CARDS, "127.0.0.1")
    # All who announce on this computer hear each other.
    with alone("mdns"):
        yield


@pytest.fixture
async def neighbour():
    """Announce services on the loopback card."""
    zeroconf = await asyncio.to_thread(Zeroconf, interfaces=["127.0.0.1"])

    async def announce(service, name, port, texts=None, host=None):
        info = ServiceInfo(
            f"{service}.local.",
            f"{name}.{service}.local.",
            addresses=[socket.inet_aton("127.0.0.1")],
            port=port,
            properties=texts or {},
            server=f"{host or name}.local.",
        )
        await asyncio.to_thread(zeroconf.register_service, info)

    yield announce
    await asyncio.to_thread(zeroconf.close)


async def test_who_offers_a_service_is_found_with_all_it_tells(neighbour):
    await neighbour("_wled._tcp", "wled-desk", 80, {"mac": "aabbcc"})
    await neighbour("_other._tcp", "something", 81)
    (one,) = await mdns.look("_wled._tcp")
    assert (one.name, one.host, one.address, one.port) == (
        "wled-desk", "wled-desk.local", "127.0.0.1", 80,
    )  # fmt: skip
    assert one.texts == {"mac": "aabbcc"}
    assert no_side_loop()


async def test_several_look_at_the_same_time_through_one_socket(neighbour):
    await neighbour("_wled._tcp", "a", 80)
    await neighbour("_shelly._tcp", "b", 80)
    found = await asyncio.gather(mdns.look("_wled._tcp"), mdns.look("_shelly._tcp"))
    assert [[one.name for one in some] for some in found] == [["a"], ["b"]]
    assert mdns._shared.users == 0
    assert mdns._shared.zeroconf is None


async def test_a_name_is_looked_up_and_everything_else_left_as_it_is(neighbour):
    await neighbour("_wled._tcp", "wled-desk", 80)
    assert await mdns.address_of("wled-desk.local") == "127.0.0.1"
    assert await mdns.address_of(" 192.168.1.40 ") == "192.168.1.40"
    assert await mdns.address_of("obs.example.com") == "obs.example.com"
    assert no_side_loop()


async def test_a_name_nobody_has_is_left_to_the_system(neighbour):
    assert await mdns.address_of("nobody-at-all.local") == "nobody-at-all.local"


async def test_a_question_that_makes_no_sense_finds_nobody():
    assert await mdns.look("no service at all") == ()
    assert mdns._shared.users == 0
    assert no_side_loop()


async def test_a_search_that_is_given_up_leaves_nothing(neighbour):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await mdns.look("_wled._tcp")
    assert mdns._shared.users == 0
    assert no_side_loop()


async def test_drivers_offer_what_they_find(neighbour):
    await neighbour("_wled._tcp", "wled-desk", 80)
    await neighbour("_wled._tcp", "wled-old", 8080)
    await neighbour(
        "_home-assistant._tcp", "Home", 8123,
        {"location_name": "Studio", "internal_url": "http://10.0.0.2:8123"}, host="ha",
    )  # fmt: skip
    lamps, houses = await asyncio.gather(Wled.discover(), HomeAssistant.discover())
    assert [(one.title, one.settings) for one in lamps] == [
        ("wled-desk", {"host": "wled-desk.local"}),
        ("wled-old", {"host": "wled-old.local", "port": 8080}),
    ]
    (house,) = houses
    assert (house.title, house.settings) == ("Studio", {"address": "http://10.0.0.2:8123"})
    for one in (*lamps, *houses):
        (Wled if one.driver == "wled" else HomeAssistant).settings_for(**one.settings)


async def test_an_offer_that_cannot_be_made_is_nothing_to_complain_of():
    offer = mdns.Offer("no service at all", "x", 1, ("127.0.0.1",))
    await offer.begin()
    await offer.end()
    assert no_side_loop()
