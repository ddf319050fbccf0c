"""Keeps the Qt Linguist catalogues current with the source texts of app and drivers.

Run after changing a text: python -m tests.app.gui.catalogues   (writes .ts, compiles .qm)
Texts are found by their marks: tr("..."), trn("...") and N_("..."). One context, so that a text
of the core finds its translation from any widget; Qt's own extractor would need one per class.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import PySide6

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "vi")
CONTEXT = "giftwire"
MARKS = {"tr", "trn", "N_"}
PLURALS = {"en": 2, "vi": 1}


def sources() -> list[str]:
    """Return every marked text in app and drivers, sorted."""
    found: set[str] = set()
    for folder in ("app", "drivers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in MARKS
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                    and isinstance(node.args[0].value, str)
                ):
                    found.add(node.args[0].value)
    return sorted(found - {""})


def counts(source: str) -> bool:
    return "%Ln" in source or "%n" in source


def read(language: str) -> dict[str, list[str]]:
    """Return the translations of a .ts file: one text, or one a plural form."""
    path = FOLDER / f"giftwire_{language}.ts"
    if not path.exists():
        return {}
    result: dict[str, list[str]] = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        target = message.find("translation")
        assert target is not None
        forms = [form.text or "" for form in target.findall("numerusform")]
        result[message.findtext("source", "")] = forms or [target.text or ""]
    return result


def wanted(language: str) -> list[str]:
    """English needs its plurals only: every other text is its own translation."""
    texts = sources()
    return [text for text in texts if counts(text)] if language == "en" else texts


def render(language: str) -> str:
    known = read(language)
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source in wanted(language):
        message = ElementTree.SubElement(context, "message")
        if counts(source):
            message.set("numerus", "yes")
        ElementTree.SubElement(message, "source").text = source
        target = ElementTree.SubElement(message, "translation")
        forms = known.get(source, [""])
        if not all(forms):
            target.set("type", "unfinished")
        if counts(source):
            forms = (forms + [""] * PLURALS[language])[: PLURALS[language]]
            for form in forms:
                ElementTree.SubElement(target, "numerusform").text = form
        else:
            target.text = forms[0]
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def compile_to(language: str, target: Path) -> None:
    """Make the .qm with the lrelease that comes in the PySide6 wheel."""
    name = "lrelease.exe" if sys.platform == "win32" else "lrelease"
    tool = next(Path(PySide6.__path__[0]).rglob(name))
    source = FOLDER / f"giftwire_{language}.ts"
    subprocess.run([tool, "-silent", source, "-qm", target], check=True)


def unfinished(language: str) -> list[str]:
    known = read(language)
    return [source for source in wanted(language) if not all(known.get(source, [""]))]


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path = FOLDER / f"giftwire_{language}.ts"
        path.write_text(render(language), encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "out.qm"
            compile_to(language, draft)
            (FOLDER / f"giftwire_{language}.qm").write_bytes(draft.read_bytes())
        open_texts = unfinished(language)
        sys.stdout.write(f"{language}: {len(wanted(language))} texts, {len(open_texts)} open\n")
        for text in open_texts:
            sys.stdout.write(f"  {text!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
