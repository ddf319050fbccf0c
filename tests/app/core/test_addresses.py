"""Addresses that may be called, and those that may not."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from app.core.addresses import checked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.com",
        "HTTP://example.com:8080/a?b=c#d",
        "http://192.168.1.5/relay/0?turn=on",
        "http://[::1]:8123/api",
        "https://ví-dụ.vn/a",
    ],
)
def test_web_addresses_pass_as_they_are(url):
    assert checked(url) == url


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("example.com", "url"),
        ("ftp://example.com", "url"),
        ("file:///etc/passwd", "url"),
        ("javascript:alert(1)", "url"),
        ("https://", "url"),
        ("https://:80/x", "url"),
        ("http://example.com:99999", "url"),
        ("http://example.com:0", "url"),
        ("http://[::1", "url"),
        ("https://me@example.com", "url_password"),
        ("https://me:secret@example.com", "url_password"),
        ("https://exam ple.com", "url_sign"),
        ("https://example.com/\r\nHost: x", "url_sign"),
        ("https:\\\\example.com", "url_sign"),
        ("https://example.com/\u202e", "url_sign"),
    ],
)
def test_everything_else_is_refused(url, code):
    with pytest.raises(PydanticCustomError) as caught:
        checked(url)
    assert caught.value.type == code
