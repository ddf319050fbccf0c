"""The core's own Vietnamese and the window's catalogue are one text, not two."""

import ast
from pathlib import Path

from app.core.reasons import DROPS, DROPS_VI, REASONS, REASONS_VI
from tests.app.gui import catalogues

# Words that the list in app/README.md tells to avoid.
AVOIDED = ("luật", "hồ sơ", "bộ máy", "bộ xử lý", "ngoại tuyến", "ngõ ra", "lớp phủ", "luyện tập")


def _text(node: ast.expr) -> tuple[str, bool]:
    """Return a literal, and whether it is marked for the catalogue."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, False
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
        return _text(node.args[0])[0], True
    return "", False


def _pairs() -> list[tuple[str, str]]:
    """Return every marked English text of the core that has its Vietnamese beside it."""
    found = [(text, REASONS_VI[reason]) for reason, text in REASONS.items()]
    found += [(text, DROPS_VI[drop]) for drop, text in DROPS.items() if text]
    for path in sorted((catalogues.ROOT / "app" / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
            both: list[ast.expr] = []
            if isinstance(node, ast.Tuple):
                both = node.elts
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                both = node.args if node.func.id == "Say" else []
            if len(both) == 2:
                (english, marked), (vietnamese, _) = _text(both[0]), _text(both[1])
                if marked and vietnamese:
                    found.append((english, vietnamese))
    return found


def test_tables_and_catalogue_say_the_same():
    known = catalogues.read("vi")
    pairs = _pairs()
    assert len(pairs) > 150
    assert [(en, vi, known.get(en)) for en, vi in pairs if known.get(en) != [vi]] == []


def test_words_to_avoid_are_avoided():
    for source, forms in catalogues.read("vi").items():
        for form in forms:
            said = f" {form.lower()} "
            assert not [word for word in AVOIDED if f" {word} " in said], source
