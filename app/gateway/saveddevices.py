"""Devices, groups and scenes between their file and the room of devices, both ways.

One rule: what cannot be understood any more is left out, and the rest still works.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from app.core.verbs import VerbError, args_of, instruction_from, verb_of
from app.devices.budgets import Budget
from app.devices.config import DeviceConfig
from app.devices.made import Group, Scene, SceneStep
from app.devices.together import Interlock, Together
from app.store.devicefile import (
    DeviceFile,
    SavedBudget,
    SavedCapability,
    SavedDevice,
    SavedGroup,
    SavedInterlock,
    SavedOutput,
    SavedScene,
    SavedStep,
    SavedWatts,
)
from drivers.contract import Capability, Hazard, Kind, Limits, QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.devices.made import Made
    from app.devices.roster import Roster

_NO_LIMITS = Limits()
_Output = tuple[str, str]


def file_of(roster: Roster) -> DeviceFile:
    """Return what is to be saved."""
    together = roster.together
    return DeviceFile(
        devices=tuple(saved_of(config) for config in roster.configs),
        groups=tuple(_saved_group(one) for one in roster.made if isinstance(one, Group)),
        scenes=tuple(_saved_scene(one) for one in roster.made if isinstance(one, Scene)),
        never_together=tuple(
            SavedInterlock(one=_saved_output(lock.one), other=_saved_output(lock.other))
            for lock in together.interlocks
        ),
        power_w=together.power_w,
        watts=tuple(
            SavedWatts(device=device, output=output, watts=watts)
            for (device, output), watts in together.watts.items()
        ),
    )


def made_of(saved: DeviceFile) -> tuple[Made, ...]:
    """Return the groups and scenes of a file."""
    groups: list[Made] = [
        Group(one.id, one.name, tuple(_output(member) for member in one.members))
        for one in saved.groups
    ]
    scenes = [Scene(one.id, one.name, tuple(_steps(one.steps))) for one in saved.scenes]
    return (*groups, *scenes)


def together_of(saved: DeviceFile) -> Together:
    """Return what outputs of a file may do together."""
    return Together(
        tuple(Interlock(_output(lock.one), _output(lock.other)) for lock in saved.never_together),
        saved.power_w,
        {_output(one): one.watts for one in saved.watts},
    )


def config_of(saved: SavedDevice) -> DeviceConfig:
    """Return one device of a file."""
    return DeviceConfig(
        saved.id,
        saved.name,
        saved.driver,
        saved.settings,
        saved.role,
        {capability: limits_from(values) for capability, values in saved.limits.items()},
        _capabilities(saved.capabilities),
        were=_capabilities(saved.were),
        fallback=saved.fallback,
        budgets={
            output: Budget(one.on_s_per_day, one.shots, one.service_after_s)
            for output, one in saved.budgets.items()
        },
        delays=saved.delays,
        names=saved.names,
    )


def _capabilities(saved: Iterable[SavedCapability]) -> tuple[Capability, ...]:
    return tuple(one for kept in saved if (one := _capability(kept)) is not None)


def _capability(saved: SavedCapability) -> Capability | None:
    try:
        return Capability(
            saved.id,
            Kind(saved.kind),
            saved.title,
            Hazard(saved.hazard),
            self_timed=saved.self_timed,
            readback=saved.readback,
            policy=QueuePolicy(saved.policy),
            limits=limits_from(saved.limits),
            effects=saved.effects,
            rest=saved.rest,
        )
    except ValueError:
        # A kind of another version: the device tells anew when it is open.
        return None


def limits_from(values: Mapping[str, float]) -> Limits:
    """Return limits of which these are set; what is no number sets none, below 0 is 0."""
    known = {field.name for field in dataclasses.fields(Limits)}
    sound = {name: one for name, one in values.items() if name in known and not math.isnan(one)}
    limits = Limits(**{name: max(0.0, one) for name, one in sound.items()})
    return dataclasses.replace(limits, duty_window_s=max(1.0, limits.duty_window_s))


def saved_of(config: DeviceConfig) -> SavedDevice:
    """Return one device as it is saved."""
    return SavedDevice(
        id=config.id,
        name=config.name,
        driver=config.driver,
        role=config.role,
        settings=dict(config.settings),
        limits={capability: set_ones(limits) for capability, limits in config.limits.items()},
        capabilities=tuple(_saved_capability(one) for one in config.known),
        were=tuple(_saved_capability(one) for one in config.were),
        fallback=config.fallback,
        budgets={
            output: SavedBudget(**dataclasses.asdict(one)) for output, one in config.budgets.items()
        },
        delays=dict(config.delays),
        names=dict(config.names),
    )


def _saved_capability(capability: Capability) -> SavedCapability:
    return SavedCapability(
        id=capability.id,
        kind=capability.kind.value,
        title=capability.title,
        hazard=capability.hazard.value,
        self_timed=capability.self_timed,
        readback=capability.readback,
        policy=capability.policy.value,
        limits=set_ones(capability.limits),
        effects=capability.effects,
        rest=capability.rest,
    )


def set_ones(limits: Limits) -> dict[str, float]:
    """Return what a set of limits sets."""
    return {
        field.name: getattr(limits, field.name)
        for field in dataclasses.fields(limits)
        if getattr(limits, field.name) != getattr(_NO_LIMITS, field.name)
    }


def _saved_group(group: Group) -> SavedGroup:
    members = tuple(_saved_output(one) for one in group.members)
    return SavedGroup(id=group.id, name=group.name, members=members)


def _saved_scene(scene: Scene) -> SavedScene:
    steps = tuple(
        SavedStep(
            device=step.device_id,
            output=step.capability,
            do=verb_of(step.instruction),
            args=args_of(step.instruction),
            after_s=step.after_s,
            for_s=step.duration_s,
        )
        for step in scene.steps
    )
    return SavedScene(id=scene.id, name=scene.name, steps=steps)


def _steps(saved: Iterable[SavedStep]) -> Iterable[SceneStep]:
    for one in saved:
        try:
            instruction = instruction_from(one.do, one.args)
        except VerbError:
            continue
        yield SceneStep(one.device, one.output, instruction, one.after_s, one.for_s)


def _saved_output(output: _Output) -> SavedOutput:
    return SavedOutput(device=output[0], output=output[1])


def _output(saved: SavedOutput) -> _Output:
    return saved.device, saved.output
