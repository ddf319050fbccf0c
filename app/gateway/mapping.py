"""From the rooms' own objects to the views of the control channel.

One rule: pure functions; what a view needs beyond its object is handed in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from app.core.verbs import args_of, verb_of
from app.gateway.device_mapping import budget_view, health_view, limits_view
from app.gateway.views import (
    CapabilityView,
    DeviceView,
    LinkView,
    NoticeView,
    RunningView,
    StopView,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.links import LinkState
    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.devices.views import CapabilityState, DeviceState, Running, StopState

# Who asks past the rules, by what the ids of their commands begin with.
_ASKERS: Final = {"home_assistant/": "Home Assistant"}


def names_of(hub: Hub) -> Callable[[str], str]:
    """Return what tells a device's name, or its id when it is gone."""

    def name(device_id: str) -> str:
        device = hub.device(device_id)
        return device_id if device is None else device.name

    return name


def link_view(state: LinkState, now: float, wall_ms: int) -> LinkView:
    """Return a link in the view's clocks: UTC ms for `since`, seconds from now for the retry."""
    return LinkView(
        stage=state.stage.value,
        reason=state.reason.value,
        detail=state.detail,
        said=state.said.source,
        values=dict(state.said.values),
        since_ms=wall_ms - int((now - state.since) * 1000),
        retry_in_s=None if state.until is None else max(0.0, state.until - now),
    )


def capability_view(
    state: CapabilityState, now: float, rule_name: Callable[[str], str]
) -> CapabilityView:
    """Return one output and what it does now."""
    instruction = state.instruction
    limits = state.limits
    return CapabilityView(
        id=state.capability.id,
        kind=state.capability.kind.value,
        title=state.name or state.capability.title,
        named=bool(state.name),
        hazard=state.capability.hazard.value,
        self_timed=state.capability.self_timed,
        max_on_s=_finite(limits.max_on_s),
        max_rpm=_finite(limits.max_rpm),
        max_rounds=_finite(limits.max_rounds),
        max_level=limits.max_level,
        max_flash_hz=_finite(limits.max_flash_hz),
        policy=state.capability.policy.value,
        active=state.active,
        instruction=verb_of(instruction) if instruction else "",
        args=args_of(instruction) if instruction else {},
        activity=state.progress(now),
        ends_in_s=state.ends_in_s(now),
        rule_name=_asker(state, rule_name),
        queued=state.queued,
        values=dict(state.values),
        effects=state.capability.effects,
        rest=state.capability.rest,
        own=limits_view(state.own),
        ceiling=limits_view(state.ceiling),
        budget=budget_view(state),
        held=state.held.value,
        delay_ms=state.delay_ms,
    )


def device_view(
    state: DeviceState,
    now: float,
    wall_ms: int,
    *,
    rule_name: Callable[[str], str],
    used_by: int,
) -> DeviceView:
    """Return one device with all its outputs; `used_by` counts the rules that name it."""
    return DeviceView(
        id=state.id,
        name=state.name,
        driver=state.driver,
        driver_title=state.driver_title,
        icon=state.icon,
        role=state.role,
        simulated=state.simulated,
        link=link_view(state.link, now, wall_ms),
        address=state.address,
        capabilities=tuple(capability_view(one, now, rule_name) for one in state.capabilities),
        safe=state.safe,
        used_by=used_by,
        firmware=state.firmware,
        consent=state.consent,
        arming=state.arming,
        armed=state.armed,
        health=health_view(state.health),
        fallback=state.fallback,
        replaced_now=state.replaced_now,
        made=state.made,
    )


def running_view(running: Running, now: float, rule_name: Callable[[str], str]) -> RunningView:
    """Return one activation; `done` and `total` are rounds, when the device tells them."""
    state = running.state
    rounds = state.rounds()
    return RunningView(
        command_id=state.command_id,
        rule_name=_asker(state, rule_name),
        device_id=running.device_id,
        device=running.device,
        capability=state.capability.id,
        instruction=verb_of(state.instruction) if state.instruction else "",
        args=args_of(state.instruction) if state.instruction else {},
        progress=state.progress(now) or 0.0,
        done=rounds[0] if rounds else None,
        total=rounds[1] if rounds else None,
    )


def stop_view(state: StopState) -> StopView:
    """Return STOP; `took_ms` is that of the slowest device that has confirmed."""
    return StopView(
        stopped=state.stopped,
        since_ms=state.since_ms if state.stopped else None,
        source=state.source,
        dropped=state.dropped,
        confirmed=dict(state.confirmed),
        took_ms=max(state.took_ms.values(), default=None),
    )


def notice_view(notice: Notice, at_ms: int) -> NoticeView:
    """Return one notice for the desk."""
    return NoticeView(
        key=notice.key,
        level=notice.level.value,
        code=notice.code.value,
        values=dict(notice.values),
        at_ms=at_ms,
    )


def _asker(state: CapabilityState, rule_name: Callable[[str], str]) -> str:
    """Return the name of the rule, or who else, had an output do this; "" for a test by hand."""
    if state.rule_id:
        return rule_name(state.rule_id)
    asked = (name for begins, name in _ASKERS.items() if state.command_id.startswith(begins))
    return next(asked, "")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
