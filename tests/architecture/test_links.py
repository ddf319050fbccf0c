"""Whoever follows a link or types a command from a README arrives."""

from __future__ import annotations

import re

from tests.architecture import source

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_relative_link_leads_somewhere() -> None:
    bad = []
    for name in source.files():
        if name.endswith(".md"):
            folder = (source.ROOT / name).parent
            links = LINK.findall(source.text(name))
            bad += [f"{name}: {link}" for link in links if not (folder / link).exists()]
    assert not bad


def test_every_file_a_readme_tells_to_run_is_there() -> None:
    bad = []
    for name in source.files():
        if name.endswith(".md"):
            told = re.findall(r"python3? ([\w/]+\.py)\b", source.text(name))
            bad += [f"{name}: {one}" for one in told if not (source.ROOT / one).exists()]
    assert not bad
