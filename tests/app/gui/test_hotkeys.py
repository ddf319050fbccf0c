"""Names and combinations: what is registered, shared, given back, refused."""

import pytest
from PySide6.QtCore import Qt

from app.gui.hotkeys import WORDS, GlobalHotkeys, Keys, Problem, read_keys
from app.gui.hotkeys_windows import virtual_key
from app.gui.hotkeys_x11 import keysym

STOP = Keys(Qt.Key.Key_X, ctrl=True, alt=True)


class System:
    """A system whose keys other programs may have taken."""

    def __init__(self, *taken):
        self.taken, self.ours, self.press, self.closed = set(taken), set(), None, 0

    def made(self, on_pressed):
        self.press = on_pressed
        return self

    def grab(self, keys):
        if keys in self.taken:
            return Problem.TAKEN
        assert keys not in self.ours
        self.ours.add(keys)
        return None

    def release(self, keys):
        self.ours.remove(keys)

    def close(self):
        self.ours.clear()
        self.closed += 1


@pytest.fixture
def system():
    return System()


@pytest.fixture
def hotkeys(qapp, system):
    made = GlobalHotkeys(system.made)
    made.heard = []
    made.pressed.connect(made.heard.append)
    return made


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Ctrl+Alt+X", STOP),
        ("Ctrl+Shift+F12", Keys(Qt.Key.Key_F12, ctrl=True, shift=True)),
        ("F9", Keys(Qt.Key.Key_F9)),
        ("Pause", Keys(Qt.Key.Key_Pause)),
        ("Meta+Space", Keys(Qt.Key.Key_Space, meta=True)),
        ("Ctrl+5", Keys(Qt.Key.Key_5, ctrl=True)),
        ("X", None),
        ("Shift+X", None),
        ("Space", None),
        ("Ctrl", None),
        ("Ctrl+K, Ctrl+C", None),
        ("Ctrl+Ø", None),
        ("", None),
        ("nonsense", None),
    ],
)
def test_only_keys_that_nobody_types_by_accident_are_taken(text, keys):
    assert read_keys(text) == keys


NAMES = (
    *("Esc", "Enter", "Return", "Space", "Tab", "Backspace", "Ins", "Del", "Home", "End", "PgUp"),
    *("PgDown", "Left", "Right", "Up", "Down", "Pause", "Print", "ScrollLock", "F1", "F24", "A"),
    *("Z", "0", "9"),
)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_that_a_rule_may_name_has_a_place_on_the_keyboard(name):
    keys = read_keys(f"Ctrl+Alt+{name}")
    assert keys is not None
    assert keysym(keys.key) < 0x10000
    assert 0 < virtual_key(keys.key) < 0xFF


def test_a_press_tells_the_name_of_its_keys(hotkeys, system):
    assert hotkeys.register("Ctrl+Alt+X", "stop") is None
    assert hotkeys.register("Ctrl+Alt+P", "pause") is None
    system.press(STOP)
    system.press(Keys(Qt.Key.Key_P, ctrl=True, alt=True))
    system.press(Keys(Qt.Key.Key_Q, ctrl=True))
    assert hotkeys.heard == ["stop", "pause"]


def test_two_names_may_share_keys_and_the_last_one_gives_them_back(hotkeys, system):
    hotkeys.register("Ctrl+Alt+X", "stop")
    assert hotkeys.register("Ctrl+Alt+X", "rule") is None
    system.press(STOP)
    assert hotkeys.heard == ["stop", "rule"]
    hotkeys.unregister("stop")
    assert system.ours == {STOP}
    hotkeys.unregister("rule")
    assert system.ours == set()


def test_other_keys_replace_the_former_ones(hotkeys, system):
    hotkeys.register("Ctrl+Alt+X", "stop")
    hotkeys.register("Ctrl+Alt+X", "stop")
    hotkeys.register("F9", "stop")
    assert system.ours == {Keys(Qt.Key.Key_F9)}


def test_taken_keys_are_said_and_can_be_had_later(hotkeys, system):
    system.taken = {STOP}
    assert hotkeys.register("Ctrl+Alt+X", "stop") is Problem.TAKEN
    assert hotkeys.problem("stop") is Problem.TAKEN
    system.taken = set()
    assert hotkeys.register("Ctrl+Alt+X", "stop") is None
    assert hotkeys.problem("stop") is None


def test_keys_that_are_refused_leave_nothing_of_the_former_ones(hotkeys, system):
    hotkeys.register("Ctrl+Alt+X", "stop")
    assert hotkeys.register("X", "stop") is Problem.BAD_KEYS
    assert system.ours == set()


def test_closing_gives_everything_back_and_it_can_begin_again(hotkeys, system):
    hotkeys.register("Ctrl+Alt+X", "stop")
    hotkeys.close()
    assert (system.ours, system.closed) == (set(), 1)
    assert hotkeys.register("Ctrl+Alt+X", "stop") is None


def test_a_desktop_without_such_keys_says_so(qapp):
    # The platform of the tests has no keys of a whole system, as Wayland has none.
    hotkeys = GlobalHotkeys()
    assert hotkeys.register("Ctrl+Alt+X", "stop") is Problem.NOT_HERE
    assert set(WORDS) == set(Problem)
    hotkeys.close()
