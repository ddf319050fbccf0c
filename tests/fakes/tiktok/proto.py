"""A protobuf writer and reader of our own, so that the judge shares no decoder with the judged.

Wire format: https://protobuf.dev/programming-guides/encoding/ (varint, 64 bit, bytes, 32 bit).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Scalar = int | str | bytes
Value = Scalar | Sequence[Scalar] | Mapping[str, str] | Mapping[int, bytes] | None
Fields = dict[int, list[int | bytes]]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MASK_64 = (1 << 64) - 1


class WireError(ValueError):
    """The bytes are not a whole protobuf message."""


def varint(number: int) -> bytes:
    """Return `number` as a base 128 varint; negative numbers take ten bytes, as in int64."""
    number &= _MASK_64
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def raw_field(number: int, wire_type: int, body: bytes) -> bytes:
    """Return one field with any wire type, right or wrong; `body` is written as it is."""
    return varint(number << 3 | wire_type) + body


def encode(*fields: tuple[int, Value]) -> bytes:
    """Return a message of (number, value) pairs in the given order.

    int and bool become varints, str and bytes are length-delimited, a list is repeated, a mapping
    is a protobuf map. None, 0 and "" are left out as proto3 does; b"" is an empty sub-message.
    """
    return b"".join(_encode_field(number, value) for number, value in fields)


def _encode_field(number: int, value: Value) -> bytes:
    if value is None:
        return b""
    if isinstance(value, int | str | bytes):
        return _encode_scalar(number, value)
    if isinstance(value, Mapping):
        entries = (encode((1, key), (2, item)) for key, item in value.items())
        return b"".join(_encode_scalar(number, entry) for entry in entries)
    return b"".join(_encode_scalar(number, item) for item in value)


def _encode_scalar(number: int, value: Scalar) -> bytes:
    if isinstance(value, int):
        return varint(number << 3 | _VARINT) + varint(value) if value else b""
    if isinstance(value, str):
        if not value:
            return b""
        value = value.encode()
    return varint(number << 3 | _BYTES) + varint(len(value)) + value


def decode(data: bytes) -> Fields:
    """Return every field of a message as {number: [values in order]}; raise WireError if cut."""
    fields: Fields = {}
    at = 0
    while at < len(data):
        key, at = _read_varint(data, at)
        value, at = _read_value(data, at, key & 7)
        fields.setdefault(key >> 3, []).append(value)
    return fields


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number & _MASK_64, at
        shift += 7
    raise WireError("varint is cut or too long")


def _read_value(data: bytes, at: int, wire_type: int) -> tuple[int | bytes, int]:
    if wire_type == _VARINT:
        return _read_varint(data, at)
    if wire_type == _BYTES:
        length, at = _read_varint(data, at)
        end = at + length
    elif wire_type in {_FIXED64, _FIXED32}:
        end = at + (8 if wire_type == _FIXED64 else 4)
    else:
        raise WireError(f"wire type {wire_type}")
    if end > len(data):
        raise WireError("field is cut")
    body = data[at:end]
    if wire_type == _FIXED64:
        return struct.unpack("<q", body)[0], end
    if wire_type == _FIXED32:
        return struct.unpack("<i", body)[0], end
    return body, end


def first_int(fields: Fields, number: int) -> int:
    """Return the first value of a varint field, 0 if absent or of another type."""
    value = fields.get(number, [0])[0]
    return value if isinstance(value, int) else 0


def first_bytes(fields: Fields, number: int) -> bytes:
    """Return the first value of a length-delimited field, b"" if absent or of another type."""
    value = fields.get(number, [b""])[0]
    return value if isinstance(value, bytes) else b""


def first_text(fields: Fields, number: int) -> str:
    """Return the first value of a string field; bad UTF-8 is replaced."""
    return first_bytes(fields, number).decode("utf-8", "replace")
