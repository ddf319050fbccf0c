"""What a setting looks like in a form: its declaration, for faces that may not read it.

One rule: nothing is said here that `app.store.values` does not declare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.gateway.outside_views import SettingView
from app.store.values import Values

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_LIMITS: Final = ("ge", "le", "max_length", "pattern")
_KINDS: Final[dict[object, str]] = {bool: "switch", int: "number", float: "share"}


def forms(group: str) -> tuple[SettingView, ...]:
    """Return the settings of a group, in the order in which they are declared."""
    found: list[SettingView] = []
    for key, field in Values.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("group") == group:
            found.append(_view(key, field, secret=bool(extra.get("secret"))))
    return tuple(found)


def _view(key: str, field: FieldInfo, *, secret: bool) -> SettingView:
    limits: dict[str, Any] = {}
    for one in field.metadata:
        for name in _LIMITS:
            if (limit := getattr(one, name, None)) is not None:
                limits[name] = limit
    kind = "secret" if secret else _KINDS.get(field.annotation, "text")
    return SettingView.model_validate(
        {
            "key": key,
            "kind": kind,
            "title": field.title or "",
            "text": field.description or "",
            "low": limits.get("ge", 0),
            "high": limits.get("le", 1_000_000),
            "longest": limits.get("max_length", 200),
            "pattern": limits.get("pattern", ""),
        }
    )
