"""The form maker: which field shows which kind of value. Rule: by the hint, never by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.gui.rule_editor.gift_field import GiftsField
from app.gui.rule_editor.listed_fields import (
    SceneField,
    SecretField,
    SoundField,
    SourceField,
)
from app.gui.rule_editor.pick_fields import (
    DeviceField,
    EffectField,
    NameField,
    ReadingField,
    RuleField,
    VariableField,
)
from app.gui.rule_editor.plain_fields import (
    ChoiceField,
    DurationField,
    NumberField,
    SwitchField,
    TextField,
)
from app.gui.rule_editor.special_fields import (
    ColourField,
    KeysField,
    PercentField,
    TimeField,
    WeekdaysField,
    WordsField,
)
from app.gui.rule_editor.written_fields import BodyField, FormulaField, TemplateField

if TYPE_CHECKING:
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.field import Field
    from app.gui.rule_editor.specs import FieldSpec

FIELDS: Final[dict[str, type[Field]]] = {
    "switch": SwitchField,
    "number": NumberField,
    "text": TextField,
    "choice": ChoiceField,
    "formula": FormulaField,
    "template": TemplateField,
    "body": BodyField,
    "duration": DurationField,
    "percent": PercentField,
    "device": DeviceField,
    "effect": EffectField,
    "reading": ReadingField,
    "rule": RuleField,
    "variable": VariableField,
    "button": NameField,
    "sound": SoundField,
    "voice": NameField,
    "scene": SceneField,
    "source": SourceField,
    "secret": SecretField,
    "name": TextField,
    "url": TextField,
    "topic": TextField,
    "pattern": TextField,
    "gifts": GiftsField,
    "color": ColourField,
    "time": TimeField,
    "weekdays": WeekdaysField,
    "keys": KeysField,
    "words": WordsField,
    "people": WordsField,
    "list": WordsField,
}


def make_field(spec: FieldSpec, around: Around) -> Field:
    """Return the field for a spec; a kind nobody knows is shown as text."""
    return FIELDS.get(spec.kind, TextField)(spec, around)
