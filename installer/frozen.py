"""The first file of the frozen program: it does what `python -m app` does."""

import sys

from app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
