"""The script itself: it starts on old Pythons, knows its words and fails with a sentence."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "installer" / "bootstrap.py"
STDLIB_ONLY = ("bootstrap", "verbs", "console", "environment", "system", "gate", "demo", "lock")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    # -I -S: without the packages of this environment, as on a fresh machine.
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_can_read_the_script() -> None:
    # Annotations on functions are Python 3; f-strings and the like are not in 3.4.
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 4))


def test_help_names_every_word_and_succeeds() -> None:
    done = _run("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("demo", "check", "freeze", "lock"))


@pytest.mark.parametrize("arguments", [(), ("dance",)])
def test_an_unknown_word_fails_with_the_usage(arguments: tuple[str, ...]) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stdout


def test_a_failure_is_one_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A clone without an environment, on a machine without any tools.
    shutil.copytree(SCRIPT.parent, tmp_path / "installer")
    monkeypatch.setenv("PATH", os.devnull)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "installer" / "bootstrap.py"), "lock"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Stopped: renewing the lock needs uv" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize("module", STDLIB_ONLY)
def test_the_set_up_uses_the_standard_library_only(module: str) -> None:
    tree = ast.parse((ROOT / "installer" / f"{module}.py").read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    assert names <= sys.stdlib_module_names | {"installer"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_the_ci_script_runs_the_second_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 installer/bootstrap.py check\n" in readme
    assert script.rstrip().endswith("installer/bootstrap.py check")
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_the_freezing_recipe_can_be_read() -> None:
    compile((ROOT / "installer" / "app.spec").read_text("utf-8"), "app.spec", "exec")
