"""MQTT topics and topic filters: what fits which.

One rule: as MQTT 5.0 section 4.7 has it, `+` is one level, `#` all that follow, `$` stands apart.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.core.expressions import refused
from app.core.forms import Pick, hints
from drivers.contract import N_


def fits(topic_filter: str, topic: str) -> bool:
    """Say whether a topic fits a filter; nothing fits an empty one."""
    if not topic_filter or not topic:
        return False
    wanted, levels = topic_filter.split("/"), topic.split("/")
    if topic.startswith("$") and wanted[0] in ("+", "#"):
        return False
    for place, level in enumerate(wanted):
        if level == "#":
            return True
        if place >= len(levels) or level not in ("+", levels[place]):
            return False
    return len(wanted) == len(levels)


def _plain(topic: str) -> str:
    if "\0" in topic:
        raise refused("topic_sign", N_("this character cannot stand in a topic"))
    return topic


def _filter(topic: str) -> str:
    levels = _plain(topic).split("/")
    for place, level in enumerate(levels):
        alone = level in ("+", "#")
        last = place == len(levels) - 1
        if ("#" in level and not (alone and last)) or ("+" in level and not alone):
            raise refused(
                "topic_filter",
                N_("+ stands for one whole level and # for all that follow, at the end"),
            )
    return topic


def _topic(topic: str) -> str:
    if "+" in topic or "#" in topic:
        raise refused("topic_exact", N_("+ and # cannot stand in a topic to publish to"))
    return _plain(topic)


TopicFilter = Annotated[
    str,
    StringConstraints(max_length=200),
    AfterValidator(_filter),
    Field(
        title=N_("Topic"),
        description=N_("+ stands for one level, # for all that follow."),
        json_schema_extra=hints(Pick.TOPIC, placeholder="studio/+/button"),
    ),
]
Topic = Annotated[
    str,
    StringConstraints(max_length=200),
    AfterValidator(_topic),
    Field(title=N_("Topic"), json_schema_extra=hints(Pick.TOPIC, placeholder="studio/light")),
]
