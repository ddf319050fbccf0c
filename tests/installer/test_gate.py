"""The gate says what failed, in full, and succeeds only when everything did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from installer import console, gate

if TYPE_CHECKING:
    import pytest


def test_a_step_that_succeeds_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate._quiet("lint", [sys.executable, "-c", "print('chatter')"], {})
    out = capsys.readouterr().out
    assert out.startswith("- lint: ok (")
    assert out.count("\n") == 1


def test_a_step_that_fails_shows_what_it_said(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print('line 7 is wrong'); sys.exit(3)"
    assert not gate._quiet("lint", [sys.executable, "-c", code], {})
    out = capsys.readouterr().out
    assert "- lint: FAILED" in out
    assert "line 7 is wrong" in out


def test_a_program_that_is_not_there_is_a_failure() -> None:
    code, output = console.run(["giftwire-no-such-program"])
    assert code == 127
    assert "giftwire-no-such-program" in output


def test_a_step_tells_how_it_ended(capsys: pytest.CaptureFixture[str]) -> None:
    with console.step("Resting"):
        pass
    assert capsys.readouterr().out == "- Resting ... done in 0 s\n"
