"""The contract between Giftwire and a device family: capabilities, instructions, the Driver class.

One rule: everybody imports from here, never from the files inside.
"""

from __future__ import annotations

from drivers.contract.capability import Capability, Observation, QueuePolicy
from drivers.contract.driver import Ack, Driver, DriverEvents, Found
from drivers.contract.failures import NOTHING_SAID, Cause, DriverError, Said
from drivers.contract.instructions import (
    ACCEPTS,
    Flash,
    Instruction,
    Kind,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
    is_off,
    own_length_s,
)
from drivers.contract.limits import HAZARD_LIMITS, Hazard, Limits
from drivers.contract.overheard import overheard_by, who_listens
from drivers.contract.recipes import SafeRecipe
from drivers.contract.settings import AtBroker, DriverSettings, Secret
from drivers.contract.texts import N_

__all__ = [
    "ACCEPTS",
    "HAZARD_LIMITS",
    "NOTHING_SAID",
    "N_",
    "Ack",
    "AtBroker",
    "Capability",
    "Cause",
    "Driver",
    "DriverError",
    "DriverEvents",
    "DriverSettings",
    "Flash",
    "Found",
    "Hazard",
    "Instruction",
    "Kind",
    "Limits",
    "MoveTo",
    "Observation",
    "Off",
    "Play",
    "Pulse",
    "QueuePolicy",
    "Rotate",
    "Run",
    "SafeRecipe",
    "Said",
    "Secret",
    "SetColor",
    "SetLevel",
    "Switch",
    "is_off",
    "overheard_by",
    "own_length_s",
    "who_listens",
]
