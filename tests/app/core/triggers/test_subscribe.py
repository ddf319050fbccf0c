"""Subscriptions, new or of long standing."""

from __future__ import annotations

import pytest

from app.core.events import Subscribe
from app.core.triggers.subscribe import Subscribed
from tests.app.core.making import occasion, said


@pytest.mark.parametrize(("months", "passed"), [(1, False), (3, True), (12, True)])
def test_it_fits_from_the_month_on(months, passed):
    event = Subscribe(id="s", at_ms=0, months=months)
    verdict = Subscribed(months=3).match(occasion(event))
    assert verdict.passed is passed
    assert dict(verdict.values) == {"months": months, "at_least": 3}


def test_it_says_the_months_where_they_matter():
    assert said(Subscribed()) == ("someone subscribes", "có người đăng ký")
    assert said(Subscribed(months=3)) == (
        "someone has subscribed for 3 months or more",
        "có người đăng ký từ 3 tháng trở lên",
    )
