"""The committed package locks: made from pyproject.toml for every system, with hashes.

One rule: each lock carries a fingerprint of what it was made from, and no address of any index.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from pathlib import Path

from installer.console import Failure, run, say, show, step

ROOT = Path(__file__).resolve().parents[1]
# `build` holds what turns the one source package into an installed one.
LOCKS = {
    "requirements.lock": ["build", "demo"],
    "requirements-dev.lock": ["build", "demo", "dev"],
}
_MARK = "# made from: "


def fingerprint() -> str:
    """Return the hash of everything in pyproject.toml that decides what is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    inputs = [
        project["requires-python"],
        sorted(project["dependencies"]),
        {name: sorted(items) for name, items in project["optional-dependencies"].items()},
    ]
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def recorded(name: str) -> str:
    """Return the fingerprint written at the head of a lock, empty when there is none."""
    for line in (ROOT / "installer" / name).read_text("utf-8").splitlines()[:5]:
        if line.startswith(_MARK):
            return line.removeprefix(_MARK)
    return ""


def renew() -> int:
    """Write both locks anew from pyproject.toml; versions stay where they still fit."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv" / "bin"))
    if uv is None:
        raise Failure("renewing the lock needs uv. Type: python -m pip install uv")
    for name, extras in LOCKS.items():
        with step(f"Writing {name}"):
            _compile(uv, ROOT / "installer" / name, extras)
    say("Now run: python installer/bootstrap.py check")
    return 0


def _compile(uv: str, lock: Path, extras: list[str]) -> None:
    chosen = [part for extra in extras for part in ("--extra", extra)]
    options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--quiet"]
    plain = ["--no-header", "--no-annotate", "--no-emit-index-url"]
    command: list[str | Path] = [uv, "pip", "compile", "pyproject.toml", *chosen, *options, *plain]
    command += ["--output-file", lock]
    code, output = run(command, cwd=ROOT)
    if code:
        show(output)
        raise Failure(f"uv could not make {lock.name}; its words are above.")
    head = "# Exact packages for every system. Renew with: python installer/bootstrap.py lock\n"
    text = lock.read_text("utf-8")
    lock.write_text(f"{head}{_MARK}{fingerprint()}\n{text}", "utf-8")
