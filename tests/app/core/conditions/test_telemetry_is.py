"""What a device told last, in all six ways."""

from __future__ import annotations

import pytest

from app.core.conditions.telemetry_is import ReadingIs
from app.core.parts import Facts
from app.core.world import DeviceFacts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told


def telling(rpm):
    seen = DeviceFacts(known=True, online=True, values={"rpm": rpm})
    return Facts(gift(), world=Place(devices={"m1": seen}))


@pytest.mark.parametrize(
    ("comparison", "holds_for", "en", "vi"),
    [
        (">=", {3, 4}, "rpm of Motor 1 is 3 or more", "rpm của Motor 1 từ 3 trở lên"),
        (">", {4}, "rpm of Motor 1 is more than 3", "rpm của Motor 1 lớn hơn 3"),
        ("=", {3}, "rpm of Motor 1 is exactly 3", "rpm của Motor 1 đúng bằng 3"),
        ("!=", {2, 4}, "rpm of Motor 1 is not 3", "rpm của Motor 1 khác 3"),
        ("<=", {2, 3}, "rpm of Motor 1 is 3 or less", "rpm của Motor 1 từ 3 trở xuống"),
        ("<", {2}, "rpm of Motor 1 is less than 3", "rpm của Motor 1 nhỏ hơn 3"),
    ],
)
def test_it_compares_and_says_how(comparison, holds_for, en, vi):
    condition = ReadingIs(device="m1", name="rpm", comparison=comparison, number=3)
    assert {rpm for rpm in (2, 3, 4) if condition.holds(telling(rpm)).passed} == holds_for
    assert said(condition) == (en, vi)


def test_the_trace_tells_the_value_or_that_there_is_none():
    condition = ReadingIs(device="m1", name="rpm", number=120)
    assert told(condition, telling(90.5)) == (
        "rpm of Motor 1 is 90.5, wanted is at least 120",
        "rpm của Motor 1 là 90,5, cần ít nhất 120",
    )
    assert told(condition, Facts(gift())) == (
        "Motor 1 tells no rpm now",
        "Motor 1 hiện không báo rpm",
    )
    assert said(ReadingIs())[0] == "a value (choose one) of a device (choose one) is 0 or more"
