"""What hangs on a relay or another bare output, and how that can hurt.

One rule: unless the user says otherwise it is mains, with the strictest limits of all but pain.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from drivers.contract import N_, Hazard

Load = Annotated[
    Literal["other", "light", "motor", "heat", "harmless"],
    Field(
        title=N_("What is connected"),
        description=N_("It decides how long it may be on. If you are not sure, leave it."),
        json_schema_extra={
            "words": {
                "other": N_("Something else, or mains voltage"),
                "light": N_("A lamp"),
                "motor": N_("Something that moves"),
                "heat": N_("Something that gets hot"),
                "harmless": N_("Nothing that can hurt, such as a buzzer"),
            }
        },
    ),
]

HAZARDS: Final[dict[str, Hazard]] = {
    "other": Hazard.MAINS,
    "light": Hazard.LIGHT,
    "motor": Hazard.MOTION,
    "heat": Hazard.HEAT,
    "harmless": Hazard.NONE,
}
