"""What every end-to-end test may ask for: a lamp on a pseudo-terminal, a house that is ended."""

import signal
import sys

import pytest

from tests.e2e.harness import House, Lamp

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # So it is for what a shell runs in the background, and the programs under test inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def lamp():
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals for serial lines")
    made = Lamp(b"OK\n")
    yield made
    made.close()


@pytest.fixture
def house(profile):
    """Start a guardian with the tiny core; call it with the core's arguments."""
    houses = []

    def make(*core):
        houses.append(House(profile, *core))
        return houses[-1]

    yield make
    for one in houses:
        one.close()
