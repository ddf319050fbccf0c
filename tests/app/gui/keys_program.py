"""A small program with a window: registers keys of the whole system and tells what it hears.

Called with combinations it tells what became of each, then prints every press; "quit" on its
standard input ends it. Without any it is just a window that has the focus.
"""

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.hotkeys import GlobalHotkeys


def tell(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main():
    program = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle("keys")
    window.show()
    hotkeys = GlobalHotkeys()
    hotkeys.pressed.connect(lambda name: tell(f"pressed {name}"))

    def obey():
        word, _, keys = sys.stdin.readline().strip().partition(" ")
        if word == "register":
            tell(hotkeys.register(keys, keys) or "ours")
        elif word == "unregister":
            hotkeys.unregister(keys)
            tell("given back")
        elif word == "window":
            tell(int(window.winId()))
        else:
            QCoreApplication.quit()

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    orders.activated.connect(obey)
    tell("ready")
    code = program.exec()
    orders.setEnabled(False)
    hotkeys.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
