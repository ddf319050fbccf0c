"""The gates of a rule and what it would send, a line each: symbol, word, sentence, one thing to do.

Rule: a symbol never stands without its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.outcome import Reason, Step
from app.core.sentences import gate_title, step_sentence
from app.gui import icons, words
from app.gui.text import fill, language_code, number, seconds, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.speech import Speaker
    from app.gateway.views import PlannedView, TraceStepView

    Values = Mapping[str, float | int | bool | str]

OUTLET: Final = "outlet:"
OUTLETS: Final[dict[str, str]] = {
    "sound": N_("Sound"),
    "speech": N_("Speech"),
    "webhook": N_("Web request"),
    "mqtt": N_("MQTT"),
    "obs": N_("OBS"),
    "notify": N_("Notification"),
    "overlay": N_("Text on the stream"),
    "log": N_("Log"),
    "alarm": N_("Alarm"),
}
# By the name of the effect; the slots are its fields.
EFFECTS: Final[dict[str, str]] = {
    "PlaySound": N_("play “{sound}” at {percent} %"),
    "Speak": N_("say “{text}”"),
    "Webhook": N_("{method} {url}"),
    "PublishMqtt": N_("publish “{text}” to {topic}"),
    "ShowScene": N_("switch to the scene “{scene}”"),
    "ShowSource": N_("show “{source}”"),
    "Notify": N_("tell “{text}”"),
    "ShowText": N_("show “{text}” for {length}"),
    "WriteLog": N_("write “{text}”"),
    "RaiseAlarm": N_("raise “{text}”"),
}
# By the outlet and its problem: a word, what to do, and whether it is done in the settings.
_PROBLEMS: Final[dict[tuple[str, str], tuple[str, str, bool]]] = {
    ("sound", "not_set_up"): (N_("Off"), N_("Sounds are turned off. Raise their loudness."), True),
    ("sound", "not_found"): (
        N_("Missing"),
        N_("There is no sound “{sound}”. Add the file or choose another one."),
        False,
    ),
    ("speech", "not_set_up"): (N_("Off"), N_("Speech is turned off. Raise its loudness."), True),
    ("obs", "not_set_up"): (N_("Not set up"), N_("Enter the port of OBS first."), True),
    ("obs", "away"): (
        N_("Offline"),
        N_("OBS does not answer. Is it open, and its WebSocket server turned on?"),
        True,
    ),
    ("obs", "refused"): (N_("Refused"), N_("OBS refuses. Check the password."), True),
    ("mqtt", "not_set_up"): (
        N_("Not set up"),
        N_("Enter the name or address of your broker first."),
        True,
    ),
    ("mqtt", "away"): (
        N_("Offline"),
        N_("The broker does not answer. Check name, port and encryption."),
        True,
    ),
    ("mqtt", "refused"): (
        N_("Refused"),
        N_("The broker refuses. Check user and password."),
        True,
    ),
    ("overlay", "not_set_up"): (
        N_("Not set up"),
        N_("The overlay is turned off. Open the door for it."),
        True,
    ),
    ("overlay", "unseen"): (
        N_("Not open"),
        N_("The overlay is open nowhere. Add its address to OBS as a browser source."),
        True,
    ),
}
_HIDE_SOURCE: Final = N_("hide “{source}”")
# Slots of a wrapped line that stands in a form must not push the form apart.
_WORD_WIDTH: Final = 84


def gate_words(step: TraceStepView, speaker: Speaker) -> str:
    """Say what one gate found, with its values, in the language in force."""
    if step.reason not in Reason._value2member_map_:
        return f"{gate_title(step.gate, language_code())}: {step.reason.replace('_', ' ')}"
    why = why_words(step, speaker)
    return tr("{gate}: {why}", gate=gate_title(step.gate, language_code()), why=why)


def why_words(step: TraceStepView, speaker: Speaker) -> str:
    """Say what one gate found, without naming the gate."""
    if step.reason not in Reason._value2member_map_:
        return step.reason.replace("_", " ")
    values = dict(step.values)
    if "outlet" in values:
        values["outlet"] = outlet_name(f"{OUTLET}{values['outlet']}")
    seen = Step(step.gate, step.passed, Reason(step.reason), tuple(values.items()))
    return step_sentence(seen, speaker)


def outlet_name(device_id: str) -> str:
    """Return what is called for what is done outside devices; "" for a device."""
    if not device_id.startswith(OUTLET):
        return ""
    name = device_id.removeprefix(OUTLET)
    return tr(OUTLETS[name]) if name in OUTLETS else name


def planned_words(view: PlannedView) -> str:
    """Say exactly what would be sent, to whom, and when: "Motor: 3 rounds at 60 RPM"."""
    who = outlet_name(view.device_id) or view.device or view.device_id
    text = tr("{device}: {done}", device=who, done=done_words(view.instruction, view.args))
    if view.duration_s is not None:
        text += " · " + tr("for {length} at most", length=seconds(view.duration_s))
    if view.after_s > 0:
        text += " · " + tr("after {length}", length=seconds(view.after_s))
    return text


def problem_words(view: PlannedView) -> tuple[str, str, bool]:
    """Say why it could not be done outside the devices now, and whether settings mend it."""
    outlet, problem = view.device_id.removeprefix(OUTLET), view.problem
    away = problem in ("offline", "no_answer", "lost")
    found = _PROBLEMS.get((outlet, "away" if away else problem))
    if found is None:
        return tr("Not now"), words.failure(problem, {}), True
    return tr(found[0]), fill(found[1], {k: str(v) for k, v in view.args.items()}), found[2]


def done_words(instruction: str, args: Values) -> str:
    """Say exactly what a device, or an outlet, is told to do."""
    if instruction in EFFECTS:
        return _effect(instruction, args)
    if instruction == "set_color":
        values = {name: number(float(args.get(name, 0))) for name in ("red", "green", "blue")}
        return tr("colour {red}, {green}, {blue}", **values)
    if instruction == "rotate" and args.get("reverse"):
        return tr("{what}, backwards", what=words.instruction("rotate", args))
    return words.instruction(instruction, args)


def _effect(name: str, args: Values) -> str:
    source = EFFECTS[name]
    if name == "ShowSource" and not args.get("visible", True):
        source = _HIDE_SOURCE
    slots = {key: str(value) for key, value in args.items()}
    slots["percent"] = number(float(args.get("level", 1)) * 100) if name == "PlaySound" else ""
    slots["length"] = seconds(float(args.get("seconds", 0))) if name == "ShowText" else ""
    return fill(source, slots)


def length_s(view: PlannedView) -> float:
    """Return when it is over, counted from the event, as far as that can be told."""
    args = view.args
    own = 0.0
    if view.instruction == "rotate" and float(args.get("rpm", 0)):
        own = 60 * float(args.get("rounds", 0)) / float(args["rpm"])
    elif view.instruction == "flash" and float(args.get("hz", 0)):
        own = float(args.get("times", 0)) / float(args["hz"])
    elif view.duration_s is not None:
        own = view.duration_s
    if view.duration_s is not None:
        own = min(own, view.duration_s)
    return view.after_s + own


class TraceLine(QWidget):
    """One line: symbol, word, sentence, and a button where there is something to do."""

    acted = Signal()

    def __init__(self, symbol: str, ink: str, word: str, text: str, action: str = "") -> None:
        super().__init__()
        picture = Label()
        picture.setPixmap(icons.pixmap(symbol, ink, 16))
        picture.setFixedWidth(18)
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        picture.setContentsMargins(0, theme.px(6), 0, 0)
        layout = row(picture, gap=8)
        if word:
            self.word = Label(kind="small_strong", tone=ink if ink in ("ok", "warn") else "text2")
            self.word.show_text(word)
            self.word.setMinimumWidth(theme.px(_WORD_WIDTH))
            self.word.setContentsMargins(0, theme.px(4), 0, 0)
            layout.addWidget(self.word, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Label(kind="small", tone="text", wrap=True)
        self.words.show_text(text)
        layout.addWidget(self.words, 1)
        self.action = Button(kind="link")
        self.action.setText(action.replace("&", "&&"))
        self.action.setAccessibleName(f"{action}: {text}")
        self.action.setVisible(bool(action))
        self.action.clicked.connect(self.acted)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{word}. {text}" if word else text)
