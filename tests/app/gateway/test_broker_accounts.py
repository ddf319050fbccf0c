"""Who may log in at our broker: names, passwords, shared logins, rights."""

import re

import pytest

from app.gateway.broker_accounts import (
    OURSELVES,
    Login,
    account_name,
    allowed,
    fitted,
    new_password,
    ourselves,
)
from app.store.brokerfile import SavedAccount
from drivers.contract import AtBroker


def login(device_id, name="Plug", client="", topic="t"):
    at = AtBroker((f"{topic}/in",), (f"{topic}/out",), "", (), "", client)
    return Login(device_id, name, at)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Đèn bàn", "den-ban"),
        ("  Fog machine #2 ", "fog-machine-2"),
        ("灯", "device"),
        ("x" * 60, "x" * 24),
        ("Giftwire", "giftwire-2"),
        ("Plug", "plug-2"),
    ],
)
def test_a_name_can_be_typed_on_any_keyboard_and_is_nobody_elses(name, account):
    assert account_name(name, {"plug"}) == account


def test_a_password_is_random_and_free_of_letters_that_look_alike():
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}", one) for one in made)


def test_accounts_keep_their_names_and_go_with_their_devices():
    first = fitted((), [login("a"), login("b")])
    assert [(one.name, one.devices) for one in first] == [("plug", ("a",)), ("plug-2", ("b",))]
    renamed = fitted(first, [login("a", "Lamp"), login("b")])
    assert renamed == first
    program = SavedAccount(name="ha", kind="program")
    assert fitted((*first, program), [login("b")]) == (first[1], program)


def test_devices_of_one_client_share_a_login_until_the_last_is_gone():
    (one,) = fitted((), [login("a", client="z2m"), login("b", client="z2m")])
    assert one.devices == ("a", "b")
    (left,) = fitted((one,), [login("b", client="z2m")])
    assert (left.name, left.devices) == (one.name, ("b",))
    assert fitted((left,), []) == ()


def test_a_login_may_do_what_its_devices_do_and_a_program_everything():
    logins = [login("a", client="x", topic="one"), login("b", client="x", topic="two")]
    accounts = (*fitted((), logins), SavedAccount(name="ha", kind="program"))
    device, program = allowed(accounts, logins, {"plug": "p", "ha": "q"})
    assert device.read == ("one/in", "two/in")
    assert device.write == ("one/out", "two/out")
    assert (program.read, program.write) == (("#",), ("#",))


def test_a_login_whose_password_cannot_be_read_lets_nobody_in():
    logins = [login("a")]
    assert allowed(fitted((), logins), logins, {"plug": ""}) == ()


def test_we_may_do_everything_and_our_password_is_in_no_repr():
    own = ourselves("s3cret")
    assert (own.name, own.read, own.ours) == (OURSELVES, ("#",), True)
    assert "s3cret" not in repr(own)
