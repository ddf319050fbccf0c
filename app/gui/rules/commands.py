"""What the list of commands (Ctrl+K) offers of rules. Rule: it names, the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.palette import Command
from app.gui.rules.profiles import shown_name
from app.gui.text import tr

if TYPE_CHECKING:
    from app.gui.rules.desk import RuleDesk


def commands_of(desk: RuleDesk) -> list[Command]:
    """Return everything that can be done to the rules as they are now."""
    found = [
        Command(tr("New rule"), "plus", "rules", "new"),
        Command(tr("Starter packs and import…"), "folder", "rules", "packs"),
        Command(tr("Give rules away…"), "share", "rules", "give"),
        Command(tr("All gifts…"), "gift", "rules", "gifts"),
    ]
    if desk.stack.canUndo():
        title = tr("Undo: {what}", what=desk.stack.undoText())
        found.append(Command(title, "undo", "rules", "undo"))
    for rule in desk.document.rules.served():
        name = desk.name(rule)
        found.append(Command(tr("Open rule {name}", name=name), "rules", "rules", rule.id))
        words = tr("Turn off {name}") if rule.on else tr("Turn on {name}")
        verb = "off" if rule.on else "on"
        found.append(Command(words.format(name=name), "bolt", "rules", f"{verb}:{rule.id}"))
    profiles = desk.bridge.state.profiles
    for one in profiles.names:
        if one != profiles.current:
            title = tr("Switch to profile {name}", name=shown_name(one))
            found.append(Command(title, "folder", "rules", f"profile:{one}"))
    return found
