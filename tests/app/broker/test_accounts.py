"""Accounts: who may log in, and that nothing is told by how long the answer takes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.broker.accounts import Accounts
from app.broker.model import Account, RefusalWhy

BULB = Account("bulb", "secret-of-the-bulb", ("bulb/#", "bad#"), ("bulb/+", "#/bad"))


@pytest.fixture
def accounts():
    return Accounts([BULB])


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("bulb", b"secret-of-the-bulb", None),
        ("bulb", b"secret-of-the-bulb ", RefusalWhy.WRONG_PASSWORD),
        ("bulb", b"", RefusalWhy.WRONG_PASSWORD),
        ("Bulb", b"secret-of-the-bulb", RefusalWhy.UNKNOWN_ACCOUNT),
        ("bulb", None, RefusalWhy.NO_LOGIN),
        (None, None, RefusalWhy.NO_LOGIN),
    ],
)
def test_a_login_is_right_or_has_its_reason(accounts, name, password, why):
    assert accounts.check(name, password) is why


def test_accounts_without_a_name_or_a_password_are_none():
    accounts = Accounts([Account("", "x"), Account("x", "")])
    assert accounts.check("", b"x") is RefusalWhy.UNKNOWN_ACCOUNT
    assert accounts.check("x", b"") is RefusalWhy.UNKNOWN_ACCOUNT


def test_passwords_are_kept_and_shown_nowhere(accounts):
    held = repr(vars(accounts)["_digests"]) + repr(BULB) + repr(vars(accounts)["_accounts"])
    assert BULB.password not in held


def test_who_is_new_gone_or_changed(accounts):
    assert accounts.replace([BULB, Account("new", "x")]) == set()
    assert accounts.replace([replace(BULB, read=())]) == {"new"}
    assert accounts.replace([replace(BULB, password="other")]) == {"bulb"}
    assert accounts.check("bulb", b"other") is None


def test_rights_are_those_of_the_account_and_broken_filters_give_none(accounts):
    assert accounts.may_read("bulb", "bulb/a/b")
    assert not accounts.may_read("bulb", "bad#")
    assert not accounts.may_read("bulb", "bad")
    assert accounts.may_write("bulb", "bulb/a")
    assert not accounts.may_write("bulb", "bulb/a/b")
    assert not accounts.may_write("bulb", "bulb/+")
    assert not accounts.may_write("bulb", "x/bad")
    assert not accounts.may_write("nobody", "bulb/a")
    assert not accounts.may_read("nobody", "bulb/a")


def test_an_unknown_name_takes_as_long_as_a_wrong_password_and_both_next_to_nothing(accounts):
    def took(name: str, password: bytes) -> float:
        times = []
        for _ in range(20):
            began = time.perf_counter()
            for _ in range(200):
                accounts.check(name, password)
            times.append(time.perf_counter() - began)
        return min(times)

    unknown, wrong = took("nobody", b"x" * 18), took("bulb", b"x" * 18)
    assert 0.5 < unknown / wrong < 2.0
    # A function made to be slow would hold up everybody else for a tenth of a second each.
    assert wrong / 200 < 0.01
