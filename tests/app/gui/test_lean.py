"""The desk's start reads no sources: they would stay in memory."""

import json
import subprocess
import sys

CODE = """
import json, linecache, sys
from app.gui.lean import spare_sources
spare_sources()
import app.gui.application, app.gui.live.page
kept = [name for name, entry in linecache.cache.items() if len(entry) > 1 and entry[2]]
print(json.dumps(kept))
"""


def test_no_source_is_kept_in_memory():
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=120
    )
    # PySide itself is there before anybody can ask it not to look.
    assert [name for name in json.loads(done.stdout) if "/app/" in name.replace("\\", "/")] == []
