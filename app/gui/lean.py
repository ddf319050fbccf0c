"""Keeps PySide from reading the source of every module: 11 MB and a tenth of a second.

One rule: imported before anything else of the desk; without sources PySide does the same.
"""

from __future__ import annotations

import sys

# Brings in what watches all later imports.
import PySide6.QtCore  # noqa: F401


def spare_sources() -> None:
    """Say of every module that it switches no PySide features on, without looking into it.

    PySide looks for "PySide6" in the text of each imported module, which stays in memory. It only
    wants to know who may use `from __feature__ import ...`; nobody does here.
    """
    feature = sys.modules.get("PySide6.support.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _uses_none


def _uses_none(_module: object) -> bool:
    return False
