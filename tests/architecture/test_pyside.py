"""The Qt binding gives back the references it takes; a release that does not must never ship."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel

CALLS = 2000
DRIFT = 200


def test_calls_into_qt_leave_none_alone(qapp: object) -> None:
    # PySide6 6.12.0 on CPython 3.11 takes one reference from None per call until Python aborts.
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    drift = sys.getrefcount(None) - before
    label.deleteLater()
    assert abs(drift) < DRIFT
