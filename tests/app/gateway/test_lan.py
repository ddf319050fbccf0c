"""The addresses of this computer that devices at home can reach."""

import pytest

from app.gateway import lan

REAL = ("wlan0 Wi-Fi", "192.168.1.20")


@pytest.mark.parametrize(
    ("cards", "usual", "found"),
    [
        ([("eth0 eth0", "10.0.0.5"), REAL], "192.168.1.20", ("192.168.1.20", "10.0.0.5")),
        ([("lo lo", "127.0.0.1"), ("eth1", "169.254.3.4"), REAL], "", ("192.168.1.20",)),
        # A tunnel that leads everywhere leads to no lamp.
        ([("wg0 wg0", "10.8.0.2"), REAL], "10.8.0.2", ("192.168.1.20",)),
        ([("{1} vEthernet (WSL)", "172.20.0.1"), REAL], "192.168.1.20", ("192.168.1.20",)),
        ([("docker0 docker0", "172.17.0.2")], "172.17.0.2", ("172.17.0.2",)),
        ([], "", ()),
    ],
)
def test_real_networks_come_first_and_virtual_ones_only_when_there_is_nothing_else(
    cards, usual, found
):
    assert lan.ordered(cards, usual) == found


def test_every_card_of_this_computer_is_looked_at():
    found = dict(reversed(one) for one in lan._cards())
    assert "127.0.0.1" in found
