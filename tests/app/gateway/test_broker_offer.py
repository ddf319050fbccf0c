"""The broker is told to the home network while it is open to it, and not a moment longer."""

import pytest

from app.broker.model import BrokerStatus
from app.core.links import LinkStage
from app.gateway.broker_offer import BrokerOffer
from app.store.brokerfile import BrokerFile
from app.tasks import Tasks
from drivers.transports import mdns
from tests.drivers.alone import alone
from tests.drivers.transports.far import no_side_loop


class Book:
    """What is true of the broker."""

    online = True
    saved = BrokerFile(on=True, reach="home", port=1884)
    status = BrokerStatus(LinkStage.ONLINE, port=1884)


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    monkeypatch.setenv(mdns.CARDS, "127.0.0.1")
    with alone("mdns"):
        yield


async def settle(tasks):
    for one in tuple(tasks._running):
        await one


async def test_it_is_found_at_home_and_gone_when_it_is_for_this_computer_only():
    book, tasks = Book(), Tasks()
    offer = BrokerOffer(book, tasks, lambda: ("127.0.0.1",))
    offer.look()
    await settle(tasks)
    (found,) = await mdns.look("_mqtt._tcp", 1.0)
    assert (found.name, found.address, found.port) == ("Giftwire", "127.0.0.1", 1884)
    book.saved = BrokerFile(on=True, port=1884)
    offer.look()
    await settle(tasks)
    assert no_side_loop()
    await offer.close()
