"""README's first command, after its set-up: gifts run through the whole program and all of it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAY = "import sys; from installer import demo; sys.exit(demo.play(['--headless'], window=False))"


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl+C cannot be aimed there")
def test_the_demo_prints_gifts_and_leaves_nothing(tmp_path: Path) -> None:
    # The guards look for processes that stayed; the folder shows whether files did.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    demo = subprocess.Popen(
        [sys.executable, "-c", PLAY],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    giving_up = threading.Timer(90, os.killpg, (demo.pid, signal.SIGKILL))
    giving_up.start()
    assert demo.stdout is not None
    with demo, demo.stdout:
        seen = [line for line, _ in zip(_gifts(demo.stdout), range(3), strict=False)]
        # As a console does: to every process in it.
        os.killpg(demo.pid, signal.SIGINT)
        demo.stdout.read()
    giving_up.cancel()
    giving_up.join()
    assert len(seen) == 3
    assert not list(tmp_path.glob("giftwire-*"))


def _gifts(lines):
    return (line for line in lines if "Rose" in line or "TikTok" in line or "coins" in line)
