"""Giftwire's own environment in `.venv`, filled from the committed lock and nothing else.

One rule: every package is checked against the hash in the lock; a stamp says what is installed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from installer import system
from installer.console import Failure, run, say, show, step

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
STAMP = FOLDER / "giftwire-lock.txt"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}

# The words pip uses, and ours for them.
_REASONS = {
    "No space left on device|Errno 28|not enough space": (
        "The disk is full. Giftwire's packages need about 1 GB;"
        " make room and run the command again."
    ),
    "DO NOT MATCH THE HASHES": (
        "A downloaded package is not the one Giftwire was tested with, so nothing was installed."
        " Run the command again; if it stays so, report it."
    ),
    (
        "name resolution|getaddrinfo failed|nodename nor servname|NewConnectionError|ProxyError"
        "|Network is unreachable|Connection refused|ConnectTimeoutError|ReadTimeoutError"
    ): (
        "The packages could not be downloaded. Check the internet connection and run the command"
        " again; what is already there is kept."
    ),
    "CERTIFICATE_VERIFY_FAILED|SSLError": (
        "The download was refused because the connection is not trusted (certificate error)."
        " Check the date of this computer and any program that inspects connections."
    ),
    "No matching distribution found|Could not find a version": (
        "There are no ready-made packages for this system with this Python."
        " Use 64-bit Python 3.11 to 3.14 on Windows, macOS or Linux."
    ),
}
_DISK_FULL = next(iter(_REASONS.values()))


def python() -> Path:
    """Return the interpreter of the environment."""
    if sys.platform == "win32":
        return FOLDER / "Scripts" / "python.exe"
    return FOLDER / "bin" / "python"


def script(name: str) -> Path:
    """Return a command that a package has put into the environment."""
    return python().with_name(name + (".exe" if sys.platform == "win32" else ""))


def prepare(kind: str) -> None:
    """Make the environment ready for `run` (the program) or `dev` (the gate, too)."""
    lock = ROOT / "installer" / LOCKS[kind]
    _make()
    wanted = _fingerprint(lock)
    stamps = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    if wanted in stamps:
        say("- Packages: already as in the lock")
        return
    count = len(re.findall(r"^[\w.-]+==", lock.read_text("utf-8"), re.MULTILINE))
    with step(f"Installing {count} packages from {lock.name} (once; up to 300 MB)"):
        _install(lock)
    # What the program needs is a part of what the gate needs.
    part = [_fingerprint(ROOT / "installer" / LOCKS["run"])] if kind == "dev" else []
    STAMP.write_text("\n".join([wanted, *part]) + "\n", "utf-8")


def _fingerprint(lock: Path) -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()}:{version}"


def _make() -> None:
    code, version = run([python(), "-c", "import sys; print(*sys.version_info[:2], sep='.')"])
    ours = ".".join(map(str, sys.version_info[:2]))
    if code == 0 and version.strip() == ours and run([python(), "-m", "pip", "--version"])[0] == 0:
        say(f"- Environment .venv with Python {ours}: ready")
        return
    if FOLDER.exists():
        say("- Environment .venv is broken or of another Python: making a new one")
        _remove(FOLDER)
    system.need_venv()
    with step(f"Making the environment .venv with Python {ours}"):
        code, output = run([sys.executable, "-m", "venv", FOLDER])
        if code:
            show(output)
            raise Failure(_reason(output, f"Python could not make an environment in {FOLDER}."))


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise Failure(
            f"The old environment {folder} cannot be removed ({error.strerror})."
            " Close programs that use it, then run the command again."
        ) from error


def _install(lock: Path) -> None:
    # One package comes as source; what builds it is taken from the lock too, and first.
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "tools.txt"
        tools.write_text(_block(lock.read_text("utf-8"), "setuptools"), "utf-8")
        _pip("-r", tools)
    _pip("--no-build-isolation", "--no-binary", "protobuf3-to-dict", "-r", lock)


def _block(lock: str, name: str) -> str:
    found = re.search(rf"^{name}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        raise Failure(f"{name} is missing from the lock; run: python installer/bootstrap.py lock")
    return found.group()


def _pip(*arguments: str | Path) -> None:
    fixed = ["--quiet", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    safe = ["--require-hashes", "--only-binary", ":all:"]
    env = {**os.environ, "PYTHONUTF8": "1"}
    try:
        code, output = run(
            [python(), "-m", "pip", "install", *fixed, *safe, *arguments], env=env, cwd=ROOT
        )
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise Failure(_DISK_FULL if full else f"pip did not start: {error}") from error
    if code:
        show(output)
        raise Failure(
            _reason(output, "The packages could not be installed; pip's words are above.")
        )


def _reason(output: str, otherwise: str) -> str:
    for pattern, sentence in _REASONS.items():
        if re.search(pattern, output):
            return sentence
    return otherwise
