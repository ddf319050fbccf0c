"""The parts of TikTok's webcast messages that we read, as protobuf classes built at run time.

One rule: a field is declared only if something reads it; all others cost nothing to skip.
Field numbers are the v3 wire numbers, as the packages TikTokLiveProto 0.2.2 name them and as
captured rooms use them. Texts are declared as bytes: a name that is not UTF-8 must not cost a gift.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# A message of one of the classes below; they exist at run time only, so no type can name them.
Proto: TypeAlias = Any

_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {"int": _Field.TYPE_INT64, "bool": _Field.TYPE_BOOL, "bytes": _Field.TYPE_BYTES}

# name -> (number, field, type); "*" repeats; other types are messages of this table.
_TABLE: dict[str, list[tuple[int, str, str]]] = {
    "Pair": [(1, "key", "bytes"), (2, "value", "bytes")],
    # ---- frames
    "PushFrame": [
        (1, "seq_id", "int"),
        (2, "log_id", "int"),
        (3, "service", "int"),
        (4, "method", "int"),
        (5, "headers", "*Pair"),
        (6, "payload_encoding", "bytes"),
        (7, "payload_type", "bytes"),
        (8, "payload", "bytes"),
    ],
    "FetchResult": [
        (1, "messages", "*BaseMessage"),
        (2, "cursor", "bytes"),
        (4, "now", "int"),
        (5, "internal_ext", "bytes"),
        (7, "route_params", "*Pair"),
        (8, "heartbeat_duration", "int"),
        (9, "need_ack", "bool"),
        (10, "push_server", "bytes"),
        (11, "is_first", "bool"),
    ],
    "BaseMessage": [
        (1, "method", "bytes"),
        (2, "payload", "bytes"),
        (3, "msg_id", "int"),
        (6, "is_history", "bool"),
    ],
    "HeartBeat": [(1, "room_id", "int"), (2, "send_packet_seq_id", "int")],
    "EnterRoom": [
        (1, "room_id", "int"),
        (4, "live_id", "int"),
        (5, "identity", "bytes"),
        (8, "enter_unique_id", "int"),
        (9, "filter_welcome_msg", "bytes"),
    ],
    # ---- parts of messages
    "Text": [(1, "key", "bytes")],
    "Common": [
        (1, "method", "bytes"),
        (2, "msg_id", "int"),
        (3, "room_id", "int"),
        (4, "create_time", "int"),
        (8, "display_text", "Text"),
    ],
    "FollowInfo": [(3, "follow_status", "int")],
    "BadgeLog": [(5, "level", "bytes")],
    "Badge": [(3, "scene_type", "int"), (12, "log_extra", "BadgeLog")],
    "User": [
        (1, "id", "int"),
        (3, "nickname", "bytes"),
        (22, "follow_info", "FollowInfo"),
        (38, "display_id", "bytes"),
        (64, "badges", "*Badge"),
        (1090, "is_subscribe", "bool"),
    ],
    "Identity": [
        (2, "subscriber", "bool"),
        (3, "mutual", "bool"),
        (4, "follower", "bool"),
        (5, "moderator", "bool"),
    ],
    "GiftStruct": [
        (5, "id", "int"),
        (10, "combo", "bool"),
        (11, "type", "int"),
        (12, "diamond_count", "int"),
        (16, "name", "bytes"),
    ],
    "MonitorInfo": [(8, "to_user_id", "int")],
    "BattleSide": [(3, "score", "int")],
    "BattleResult": [(1, "key", "int"), (2, "value", "BattleSide")],
    "Army": [(2, "score", "int")],
    "ArmyEntry": [(1, "key", "int"), (2, "value", "Army")],
    # ---- messages
    "WebcastGiftMessage": [
        (1, "common", "Common"),
        (2, "gift_id", "int"),
        (4, "group_count", "int"),
        (5, "repeat_count", "int"),
        (7, "user", "User"),
        (8, "to_user", "User"),
        (9, "repeat_end", "int"),
        (11, "group_id", "int"),
        (15, "gift", "GiftStruct"),
        (23, "monitor_info", "MonitorInfo"),
        (28, "order_id", "bytes"),
        (32, "user_identity", "Identity"),
        (45, "to_member_id", "bytes"),
        (46, "to_member_id_int", "int"),
    ],
    "WebcastChatMessage": [
        (1, "common", "Common"),
        (2, "user", "User"),
        (3, "content", "bytes"),
        (18, "user_identity", "Identity"),
    ],
    "WebcastLikeMessage": [
        (1, "common", "Common"),
        (2, "count", "int"),
        (3, "total", "int"),
        (5, "user", "User"),
    ],
    "WebcastSocialMessage": [
        (1, "common", "Common"),
        (2, "user", "User"),
        (4, "action", "int"),
    ],
    "WebcastMemberMessage": [(1, "common", "Common"), (2, "user", "User"), (10, "action", "int")],
    "WebcastRoomUserSeqMessage": [(1, "common", "Common"), (3, "total", "int")],
    "WebcastSubNotifyMessage": [
        (1, "common", "Common"),
        (2, "user", "User"),
        (4, "sub_month", "int"),
    ],
    "WebcastControlMessage": [(1, "common", "Common"), (2, "action", "int")],
    "WebcastLinkMicBattle": [
        (1, "common", "Common"),
        (2, "battle_id", "int"),
        (4, "action", "int"),
        (5, "battle_result", "*BattleResult"),
    ],
    "WebcastLinkMicArmies": [
        (1, "common", "Common"),
        (2, "battle_id", "int"),
        (3, "armies", "*ArmyEntry"),
    ],
}


def _build() -> dict[str, Any]:
    package = "giftwire.webcast"
    file = descriptor_pb2.FileDescriptorProto(
        name="giftwire_webcast.proto", package=package, syntax="proto3"
    )
    for name, fields in _TABLE.items():
        message = file.message_type.add(name=name)
        for number, field_name, kind in fields:
            plain = kind.removeprefix("*")
            field = message.field.add(
                name=field_name,
                number=number,
                label=_Field.LABEL_OPTIONAL if plain == kind else _Field.LABEL_REPEATED,
            )
            if plain in _SCALARS:
                field.type = _SCALARS[plain]
            else:
                field.type = _Field.TYPE_MESSAGE
                field.type_name = f".{package}.{plain}"
    # A pool of its own: TikTokLive's packages may declare messages of the same names.
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}"))
        for name in _TABLE
    }


_CLASSES = _build()

PushFrame: Any = _CLASSES["PushFrame"]
FetchResult: Any = _CLASSES["FetchResult"]
BaseMessage: Any = _CLASSES["BaseMessage"]
HeartBeat: Any = _CLASSES["HeartBeat"]
EnterRoom: Any = _CLASSES["EnterRoom"]

# Method name as it stands in a frame -> the class that reads its payload.
MESSAGES: dict[bytes, Any] = {
    name.encode(): cls for name, cls in _CLASSES.items() if name.startswith("Webcast")
}
