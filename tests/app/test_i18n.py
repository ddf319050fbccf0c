"""The language the program speaks."""

import locale

import pytest

from app.i18n import language_of


@pytest.mark.parametrize(("setting", "language"), [("en", "en"), ("vi", "vi"), ("xx", "en")])
def test_the_setting_decides(setting, language):
    assert language_of(setting) == language


def test_a_setting_that_leaves_it_takes_the_language_of_the_computer():
    spoken = (locale.getlocale()[0] or "").casefold()
    assert language_of("system") == ("vi" if spoken.startswith("vi") else "en")
