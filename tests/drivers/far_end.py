"""Holds the far end of a bench open, so that the program can be tried without the device.

Run: python -m tests.drivers.far_end KEY      (Ctrl+C ends it)
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from tests.drivers.benches import BENCHES


def main() -> int:
    key = sys.argv[1] if len(sys.argv) > 1 else ""
    name = next((one for one in BENCHES if one.split()[0] == key), None)
    if name is None:
        known = sorted({one.split()[0] for one in BENCHES})
        sys.stderr.write(f"{__doc__}\n{key!r} has no bench. There are: {', '.join(known)}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        bench = BENCHES[name](Path(folder))
        settings = getattr(bench.driver, "_settings", "")
        sys.stdout.write(f"{name}: {settings!r}\nCtrl+C ends it.\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
        finally:
            bench.close()


if __name__ == "__main__":
    sys.exit(main())
