"""A Devices page in a window; what it asks is kept, and tests answer."""

import pytest


@pytest.fixture
def asked(bridge):
    sent = []

    def ask(request, then=None):
        sent.append((request, then))

    bridge.ask = ask
    return sent
