#!/usr/bin/env python3
"""Set up Giftwire on a fresh machine and run it: `demo`, `check`, `freeze` or `lock`.

One rule: this file must start on any Python 3, so that an old one gets a sentence, not a traceback.
"""

import os
import sys

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - old Pythons read this line too


def main() -> int:
    """Check the Python version, then hand over to the part that may use it."""
    if sys.version_info < NEEDED:
        have = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(
            "Giftwire needs Python 3.11 or newer; this is Python " + have + ".\n"
            "Install a newer one, then run the same command with it,"
            " for example: python3.12 installer/bootstrap.py demo\n"
        )
        return 2
    # Our folder must not stand in the way of packages with the same names as our files.
    sys.path[0] = ROOT
    from installer.verbs import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
