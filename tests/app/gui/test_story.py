"""The stories that are shown as pictures keep working: a newcomer's first rule, by mouse and keys."""

from __future__ import annotations

import pytest

from tests.app.gui.story import play

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("code", ["en", "vi"])
async def test_a_newcomer_makes_the_first_rule_and_a_gift_runs_it(qapp, profile, language, code):
    language.choose(code)
    # Wrong pictures are seen; that each step can be clicked and has its effect is asserted inside.
    assert len(await play("first_rule", profile, language)) > 8
