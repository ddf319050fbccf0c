"""The test panel on the Rules page: its keys, and the way from a past event to the field it names.

Rule: the page knows only this; whoever asks why sends a whole trace, so that nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from app.gateway.views import TraceView
from app.gui.rule_editor import test_focus
from app.gui.rule_editor.test_fixes import fix_for
from app.gui.rule_editor.test_panel import TryPanel
from app.gui.text import tr

if TYPE_CHECKING:
    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.rules.page import RulesPage

# What a page that shows why a rule did not run puts before the trace.
WHY: Final = "why:"


def why_about(trace: TraceView) -> str:
    """Return what the Rules page must be told to show the rule of a trace, and the field."""
    return WHY + trace.model_dump_json()


class Testing(QObject):
    """Puts the panel below the editor's cards and binds its keys."""

    def __init__(self, page: RulesPage, editor: RuleEditor) -> None:
        super().__init__(page)
        self._page, self._editor = page, editor
        self._trace: TraceView | None = None
        self.panel = TryPanel(editor)
        self.panel.devices_asked.connect(self._on_device)
        editor.session.settings_asked.connect(self._on_settings)
        editor.below.addWidget(self.panel)
        for keys, then in (
            ("Ctrl+Return", self.panel.dry_run),
            ("Ctrl+Enter", self.panel.dry_run),
            ("Ctrl+Shift+Return", self.panel.real_run),
            ("Ctrl+Shift+Enter", self.panel.real_run),
        ):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)

    def show_why(self, about: str) -> None:
        """Show the rule of a trace, and go to what did not let it through."""
        self._trace = TraceView.model_validate_json(about.removeprefix(WHY))
        if self._page.rules.rule(self._trace.rule_id) is None:
            self._page.desk.tell(tr("This rule is gone."))
            return
        self._page.show_about(self._trace.rule_id)
        # The page must be in sight before anything on it can have the keyboard.
        QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        trace, self._trace = self._trace, None
        session = self._editor.session
        if trace is None or session.rule is None or session.rule.id != trace.rule_id:
            return
        fix = fix_for(trace, session.raw)
        if fix is not None and not fix.deed:
            test_focus.carry_out(self._editor, fix)
        elif fix is not None:
            self._editor.on.setFocus()
        else:
            self._editor.name.setFocus()

    def _on_settings(self, outlet: str) -> None:
        self._page.desk.go("settings", f"outside:{outlet}")

    def _on_device(self, device_id: str) -> None:
        self._page.desk.go("devices", device_id)
