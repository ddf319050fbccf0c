"""The example of the README runs as it stands, and its list of words is complete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.fakes import tiktok
from tests.fakes.tiktok import messages, script
from tests.fakes.tiktok.switches import MODES

README = Path(tiktok.__file__).parent / "README.md"


async def test_the_example_of_the_readme_runs() -> None:
    text = README.read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(compile(code.group(1), str(README), "exec"), names)
    await names["test_something"]()


def test_the_readme_knows_every_switch_and_every_word() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)`[^|]*\| ([\w ]+) \|$", README.read_text("utf-8"), re.MULTILINE)
    )
    assert {name: {"ok", *words.split()} for name, words in rows.items()} == MODES


def test_the_readme_knows_every_step_and_builder() -> None:
    text = README.read_text("utf-8")
    steps = [
        n
        for n, v in vars(script).items()
        if isinstance(v, type) and v.__module__ == script.__name__
    ]
    builders = [
        n
        for n, v in vars(messages).items()
        if callable(v) and getattr(v, "__annotations__", {}).get("return") == "Msg"
    ]
    missing = [name for name in [*steps, *builders] if not re.search(rf"\b{name}\b", text)]
    assert missing == []
