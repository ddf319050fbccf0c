"""Begins a driver: copies a skeleton that passes every check, under a name of your own.

Run: python -m tests.drivers.begin cable my_lamp "My lamp"      (cable, udp or web)
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKELETONS = Path(__file__).parent / "skeletons"
# Where each part of a skeleton goes.
PARTS = {
    "driver.py": "drivers/{key}.py",
    "far_end.py": "tests/fakes/{key}.py",
    "bench.py": "tests/drivers/benches/{key}.py",
    "golden.toml": "tests/data/golden/{key}.toml",
    "checks.py": "tests/drivers/test_{key}.py",
}


def named(text: str, way: str, key: str, title: str) -> str:
    """Return a part of a skeleton under another name."""
    whole = f"tests.drivers.skeletons.{way}"
    name = "".join(word.capitalize() for word in key.split("_"))
    pairs = {
        f"{whole}.driver": f"drivers.{key}",
        f"{whole}.far_end": f"tests.fakes.{key}",
        "AcmeLamp": name,
        "acme_lamp": key,
        "Acme lamp": title,
    }
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


def begin(way: str, key: str, title: str, root: Path = ROOT) -> list[Path]:
    """Write the five files; raises ValueError with a sentence if that cannot be."""
    ways = sorted(one.parent.name for one in SKELETONS.glob("*/driver.py"))
    if way not in ways:
        raise ValueError(f"{way!r} is no skeleton: choose one of {', '.join(ways)}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", key):
        raise ValueError(f"{key!r} is no key: small letters and digits with _ between words")
    made = {root / to.format(key=key): SKELETONS / way / part for part, to in PARTS.items()}
    if there := [str(path) for path in made if path.exists()]:
        raise ValueError(f"there is {there[0]} already: choose another key, or remove it")
    for path, part in made.items():
        path.write_text(named(part.read_text("utf-8"), way, key, title), "utf-8", newline="\n")
    return list(made)


def main() -> int:
    if len(sys.argv) != 4:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        made = begin(*sys.argv[1:])
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # Another name stands elsewhere among the imports, and breaks lines elsewhere.
    ruff = [sys.executable, "-m", "ruff"]
    files = [str(path) for path in made if path.suffix == ".py"]
    subprocess.run([*ruff, "check", "--select", "I", "--fix", "-q", *files], check=True)
    subprocess.run([*ruff, "format", "-q", *files], check=True)
    for path in made:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
