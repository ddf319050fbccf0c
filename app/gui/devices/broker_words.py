"""Words for our own broker: how it is, who was refused, and why. Rule: each says what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core.links import WORDS, LinkReason
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import BrokerRefusalView, BrokerView
    from app.gui.models.state import State

# What happened, and what to do; slots: name, address.
REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "no_login": (
        N_("logs in without name and password"),
        N_("Enter both in the device's own menu."),
    ),
    "unknown_account": (
        N_("logs in as “{name}”, which nobody is called here"),
        N_("Check the user name in the device's own menu."),
    ),
    "wrong_password": (
        N_("“{name}” has a wrong password"),
        N_("Copy the password again, or make a new one."),
    ),
    "too_many_tries": (
        N_("failed too often and has to wait"),
        N_("Correct name and password in the device; it gets in after a minute."),
    ),
    "too_many": (
        N_("wants too many connections"),
        N_("Restart the device. If it stays like this, its program has a fault."),
    ),
    "client_id": (
        N_("“{name}” has no client id that can be used"),
        N_("Give each device a client id of its own in its menu."),
    ),
    "will": (
        N_("“{name}” wants to speak at a topic that is not its own"),
        N_("Check the topic in the device: it must be the one you entered here."),
    ),
    "topic": (
        N_("“{name}” used a topic that is not its own"),
        N_("If it works, ignore this. Else check the topic in the device."),
    ),
    "version": (
        N_("speaks another MQTT than 3.1.1"),
        N_("Choose MQTT 3.1.1 in the device, or update it."),
    ),
    "not_mqtt": (
        N_("does not speak MQTT"),
        N_("If you know the device: switch encryption off in its menu."),
    ),
    "protocol": (N_("breaks the rules of MQTT"), N_("Update the device.")),
    "too_big": (N_("sent too much at once"), N_("Switch off what sends pictures or updates.")),
    "silent": (N_("connected and said nothing"), N_("Nothing to do; it may try again.")),
    "too_fast": (
        N_("“{name}” sends too much and is slowed down"),
        N_("Restart the device. If it stays like this, its program has a fault."),
    ),
    "slow": (N_("takes its messages too slowly"), N_("Check its Wi-Fi.")),
}


def refusal(one: BrokerRefusalView) -> tuple[str, str]:
    """Return what happened, and what to do."""
    what, cure = REFUSALS.get(one.why, (N_("was refused"), ""))
    return tr(what).replace("{name}", one.name or "?"), tr(cure)


def state_of(broker: BrokerView) -> tuple[str, str]:
    """Return how the broker is, in a sentence, and the tone of it."""
    if not broker.on:
        return tr("Off"), ""
    if broker.stage == "online":
        return tr("Running on port {port}", port=broker.port), "ok"
    if broker.reason in LinkReason._value2member_map_ and LinkReason(broker.reason) in WORDS:
        told = WORDS[LinkReason(broker.reason)]
        return f"{tr(told.sentence)} {tr(told.hint)}", "warn"
    return tr("Starting…"), ""


def name_of(account: str, state: State) -> str:
    """Return whose account it is: the names of its devices, or the account's own."""
    known = (one for one in state.broker.accounts if one.name == account)
    devices = [state.devices[key].name for one in known for key in one.devices
               if key in state.devices]  # fmt: skip
    return ", ".join(devices) or account


def progress(device_id: str, account: str, since_ms: int, state: State) -> tuple[str, str]:
    """Say how far a device has come on its way in, and the tone: seen, at the door, or not yet."""
    device, broker = state.devices.get(device_id), state.broker
    name = device.name if device is not None else account
    if device is not None and device.link.stage == "online":
        return tr("{name} is here and answers.", name=name), "ok"
    if broker.stage != "online":
        return state_of(broker)
    here = next((one for one in broker.clients if one.account == account), None)
    if here is not None and device is None:
        return tr("{name} is connected.", name=name), "ok"
    if here is not None:
        text = tr(
            "{name} has logged in from {address}, but does not answer yet. If that stays: check "
            "its topic.",
            name=name,
            address=here.address,
        )
        return text, "warn"
    mine = [one for one in broker.refusals if one.at_ms >= since_ms]
    own = [one for one in mine if one.name == account] or mine
    if own:
        what, cure = refusal(own[-1])
        text = tr("{address}: {what}. {cure}", address=own[-1].address, what=what, cure=cure)
        return text, "warn"
    return tr("Waiting for it to log in…"), ""
