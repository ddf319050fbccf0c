"""From what the room of devices knows of limits, budgets and health to the views, and back.

One rule: pure functions; a number that does not limit is None outside and infinite inside.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

from app.core.links import LinkReason
from app.core.verbs import args_of, verb_of
from app.devices.gate import effective_limits
from app.devices.made import Group, Scene
from app.gateway.device_views import (
    BudgetView,
    GroupView,
    HealthView,
    InterlockView,
    LimitsView,
    OutputRef,
    SceneStep,
    SceneView,
    TogetherView,
    TriedOutputView,
    TriedView,
    WattsView,
)
from drivers.contract import Kind, Limits

if TYPE_CHECKING:
    from app.devices.health import HealthState
    from app.devices.hub import Hub
    from app.devices.trial import Tried
    from app.devices.views import CapabilityState
    from drivers.contract import Capability

_LOWER_IS_STRICTER = ("max_level", "max_on_s", "duty", "max_rpm", "max_rounds", "max_flash_hz")
_ONLY_OF: Final = {
    "max_rpm": Kind.MOTOR,
    "max_rounds": Kind.MOTOR,
    "max_flash_hz": Kind.LIGHT,
}
_HIGHER_IS_STRICTER = ("min_gap_s", "cooldown_s", "duty_window_s")


# What a person may set, by field; what holds by nature is not asked.
_BOUNDS: Final = {
    "max_level": (0.0, 1.0),
    "max_on_s": (0.01, 86_400.0),
    "min_gap_s": (0.0, 86_400.0),
    "cooldown_s": (0.0, 86_400.0),
    "duty": (0.001, 1.0),
    "duty_window_s": (1.0, 86_400.0),
    "max_rpm": (0.0, 1e6),
    "max_rounds": (0.0, 1e6),
    "max_flash_hz": (0.0, 1e3),
}


def limits_of(view: LimitsView) -> Limits:
    """Return limits as devices keep them; raises ValueError naming a field out of bounds."""
    for name, (low, high) in _BOUNDS.items():
        value = getattr(view, name)
        if value is not None and not low <= value <= high:
            raise ValueError(name)
    values = {name: math.inf if value is None else value for name, value in view}
    return Limits(**values)


def limits_view(limits: Limits) -> LimitsView:
    """Return limits for a face."""
    values = dataclasses.asdict(limits)
    return LimitsView.model_validate(
        {name: value if math.isfinite(value) else None for name, value in values.items()}
    )


def loosens(capability: Capability, before: Limits | None, wanted: Limits) -> bool:
    """Say whether an output might do more than before, in any way."""
    old, new = effective_limits(capability, before), effective_limits(capability, wanted)
    kind = capability.kind
    counts = [name for name in _LOWER_IS_STRICTER if _ONLY_OF.get(name, kind) is kind]
    more = any(getattr(new, name) > getattr(old, name) for name in counts)
    return more or any(getattr(new, name) < getattr(old, name) for name in _HIGHER_IS_STRICTER)


def budget_view(state: CapabilityState) -> BudgetView:
    """Return what an output may use up, and what it has."""
    budget, spent = state.budget, state.spent
    left = None if budget.shots is None else max(0, budget.shots - spent.shots)
    return BudgetView(
        on_s_per_day=budget.on_s_per_day,
        on_s_today=round(spent.on_s_today, 1),
        shots_full=budget.shots,
        shots_left=left,
        service_after_s=budget.service_after_s,
        worn_s=round(spent.worn_s, 1),
        heat=round(state.heat, 3),
    )


def health_view(health: HealthState) -> HealthView:
    """Return how well a device answers."""
    return HealthView.model_validate(dataclasses.asdict(health))


def tried_view(tried: Tried) -> TriedView:
    """Return what came of trying settings."""
    return TriedView(
        ok=tried.reason is LinkReason.NONE,
        reason=tried.reason.value,
        detail=tried.detail,
        said=tried.said.source,
        values=dict(tried.said.values),
        address=tried.address,
        firmware=tried.firmware,
        outputs=tuple(
            TriedOutputView(
                id=one.id, kind=one.kind.value, title=one.title, hazard=one.hazard.value
            )
            for one in tried.outputs
        ),
    )


def groups_view(hub: Hub) -> tuple[GroupView, ...]:
    """Return all groups."""
    return tuple(
        GroupView(id=one.id, name=one.name, members=tuple(_ref(member) for member in one.members))
        for one in hub.made
        if isinstance(one, Group)
    )


def scenes_view(hub: Hub) -> tuple[SceneView, ...]:
    """Return all scenes."""
    return tuple(
        SceneView(id=one.id, name=one.name, steps=_steps(one))
        for one in hub.made
        if isinstance(one, Scene)
    )


def together_view(hub: Hub) -> TogetherView:
    """Return what outputs may do together, and what they draw now."""
    together = hub.together
    return TogetherView(
        interlocks=tuple(
            InterlockView(one=_ref(lock.one), other=_ref(lock.other))
            for lock in together.interlocks
        ),
        power_w=together.power_w,
        used_w=round(hub.used_w(), 1) if together.watts else 0.0,
        watts=tuple(
            WattsView(device_id=device, capability=output, watts=watts)
            for (device, output), watts in together.watts.items()
        ),
    )


def _steps(scene: Scene) -> tuple[SceneStep, ...]:
    return tuple(
        SceneStep(
            device_id=step.device_id,
            capability=step.capability,
            verb=verb_of(step.instruction),
            args=args_of(step.instruction),
            after_s=step.after_s,
            duration_s=step.duration_s,
        )
        for step in scene.steps
    )


def _ref(output: tuple[str, str]) -> OutputRef:
    return OutputRef(device_id=output[0], capability=output[1])
