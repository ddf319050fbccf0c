"""A button whose words come from the rule. Rule: who words it, words it in each language."""

from __future__ import annotations

from app.gui.widgets.basic import Button


class WordedButton(Button):
    """A button that keeps the words it was given when the language changes."""

    _words = ""

    def show_words(self, words: str) -> None:
        """Show words as they are; an ampersand is one."""
        self._words = words
        self.setText(words.replace("&", "&&"))

    def words(self) -> str:
        """Return the words shown."""
        return self._words

    def _retranslate(self) -> None:
        super()._retranslate()
        if self._words:
            self.show_words(self._words)
