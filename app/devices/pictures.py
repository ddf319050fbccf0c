"""Pictures of a device at work: what it is, what its outputs may do and what they do now.

One rule: it only looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.devices.consent import needs_consent
from app.devices.gate import effective_limits
from app.devices.nudging import Delays
from app.devices.views import NO_LIMITS, CapabilityState, DeviceState

if TYPE_CHECKING:
    from app.devices.worker import Worker
    from drivers.contract import Capability


def device_of(worker: Worker) -> DeviceState:
    """Return the picture of one device."""
    config, kind, driver = worker.config, worker.kind, worker.driver
    return DeviceState(
        id=config.id,
        name=config.name,
        driver=kind.key,
        driver_title=kind.title,
        icon=kind.icon,
        simulated=kind.simulated,
        link=worker.link,
        address=driver.address if driver else "",
        firmware=driver.firmware if driver else "",
        role=config.role,
        safe=worker.safe,
        capabilities=tuple(_output_of(worker, one) for one in worker.capabilities),
        consent=_consent(worker),
        arming=worker.gates.arming.value,
        armed=worker.gates.armed,
        health=worker.health.now,
        fallback=config.fallback,
    )


def _consent(worker: Worker) -> str:
    if not any(needs_consent(one) for one in worker.capabilities):
        return ""
    return "needed" if worker.config.consent_ms is None else "given"


def _output_of(worker: Worker, capability: Capability) -> CapabilityState:
    gates, output, config = worker.gates, capability.id, worker.config
    gate = gates[output]
    values = dict(worker.values.get(output, {}))
    lane = next((one for one in worker.lanes if one.capability.id == output), None)
    state = CapabilityState(capability, gate.limits, values=values)
    if lane is not None:
        state = replace(state, queued=len(lane.queue))
        state = state if lane.active is None else lane.active.seen_in(state)
    return replace(
        state,
        own=gate.user or NO_LIMITS,
        ceiling=effective_limits(capability),
        budget=gates.budget(output),
        spent=gates.spent(output),
        heat=gate.heat(worker.now()),
        held=lane.held if lane is not None else state.held,
        delay_ms=Delays(config.delays.get(output, ())).median_ms,
        name=config.names.get(output, ""),
    )
