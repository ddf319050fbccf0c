"""Devices made of other devices: groups, and scenes of instructions with their lengths.

One rule: plain frozen data; each output keeps its own limits, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.core.links import LinkStage, LinkState
from app.devices.views import CapabilityState, DeviceState
from drivers.contract import N_, Capability, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.core.outcome import Command
    from drivers.contract import Instruction

Output = tuple[str, str]
# What rules call the one output of what is made.
GROUP_OUTPUT: Final = "all"
SCENE_OUTPUT: Final = "scene"


@dataclass(frozen=True, slots=True)
class Group:
    """Outputs of one kind that do the same."""

    id: str
    name: str
    members: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class SceneStep:
    """One instruction, `after_s` the start of the scene, for `duration_s`."""

    device_id: str
    capability: str
    instruction: Instruction
    after_s: float = 0.0
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Instructions under one name."""

    id: str
    name: str
    steps: tuple[SceneStep, ...]


Made = Group | Scene


def outputs_of(made: Made) -> tuple[Output, ...]:
    """Return the outputs it is made of, each once."""
    if isinstance(made, Group):
        return made.members
    return tuple(dict.fromkeys((step.device_id, step.capability) for step in made.steps))


def without(made: Made, device_id: str) -> Made:
    """Return it without a device that is gone."""
    if isinstance(made, Group):
        return replace(made, members=tuple(one for one in made.members if one[0] != device_id))
    return replace(made, steps=tuple(one for one in made.steps if one.device_id != device_id))


def spread(made: Made, command: Command) -> tuple[tuple[float, Command], ...]:
    """Return what a command to it means: for each output, after how many seconds, and what."""
    if isinstance(made, Group):
        return tuple(
            (0.0, replace(command, id=f"{command.id}/{n}", device_id=device, capability=output))
            for n, (device, output) in enumerate(made.members)
        )
    return tuple(
        (
            step.after_s,
            replace(
                command,
                id=f"{command.id}/{n}",
                device_id=step.device_id,
                capability=step.capability,
                instruction=step.instruction,
                duration_s=step.duration_s,
                deadline=command.deadline + step.after_s,
                policy=None,
            ),
        )
        for n, step in enumerate(made.steps)
    )


def capability_of(made: Made, known: Callable[[Output], Capability | None]) -> Capability | None:
    """Return what it can do; `known` tells of an output. None if nothing is known of any."""
    if isinstance(made, Scene):
        return Capability(SCENE_OUTPUT, Kind.EFFECT, N_("Scene"), effects=(SCENE_OUTPUT,))
    members = [one for output in made.members if (one := known(output)) is not None]
    if not members:
        return None
    first = members[0]
    effects = tuple(one for one in first.effects if all(one in other.effects for other in members))
    return Capability(
        GROUP_OUTPUT,
        first.kind,
        N_("All together"),
        max((one.hazard for one in members), key=list(type(first.hazard)).index),
        policy=first.policy,
        effects=effects,
    )


def view_of(
    made: Made,
    capability: Capability | None,
    devices: Iterable[DeviceState],
    now: float,
    *,
    plays: bool,
) -> DeviceState:
    """Return its picture: online while any of its `devices` is.

    A group is active while any of its outputs is, a scene only while it `plays`.
    """
    states = tuple(devices)
    links = [one.link for one in states]
    online = next((one for one in links if one.stage is LinkStage.ONLINE), None)
    link = online or next(iter(links), LinkState(LinkStage.OFF, now))
    shown = states if plays or isinstance(made, Group) else ()
    outputs = () if capability is None else (_output_of(made, capability, shown),)
    return DeviceState(
        id=made.id,
        name=made.name,
        driver="",
        driver_title="",
        icon="device" if isinstance(made, Group) else "effect",
        simulated=False,
        link=link,
        capabilities=outputs,
        made="group" if isinstance(made, Group) else "scene",
    )


def _output_of(
    made: Made, capability: Capability, devices: tuple[DeviceState, ...]
) -> CapabilityState:
    of_it = set(outputs_of(made))
    doing = (
        output
        for device in devices
        for output in device.capabilities
        if output.active and (device.id, output.capability.id) in of_it
    )
    first = next(doing, None)
    if first is None:
        return CapabilityState(capability, capability.limits)
    return replace(first, capability=capability, limits=capability.limits)
