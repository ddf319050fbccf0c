"""Addresses that a stranger's file may call, and all those it may not."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.pack_guard import PackError, check_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook", "http://api.example.co.uk:8080/a?b=c", "https://1.1.1.1/x",
        "https://[2606:4700:4700::1111]/", "HTTPS://Example.COM.", "https://xn--bcher-kva.example/",
    ],
)  # fmt: skip
def test_public_addresses_may_be_called(url):
    assert check_url(url)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        *((f"http://{host}/x", "url_local") for host in (
            "localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.8",
            "192.168.1.1", "172.16.0.1", "172.31.255.255", "169.254.169.254", "100.64.0.1", "224.0.0.1",
            "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]",
            "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[2002:7f00:1::]", "[ff02::1]", "[64:ff9b::7f00:1]", "[fe80::1%25eth0]", "router.lan",
            "nas.local", "metadata.google.internal", "printer.home", "127.0.0.1.nip.io", "a.localtest.me",
            "10-0-0-1.sslip.io", "localhost.", "192.168.1.1.",
        )),
        *((url, "url_odd") for url in (
            "http://router/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/",
            "http://0177.0.0.1/", "http:///x", "http://", "http://１２７.0.0.1/", "http://ⓛocalhost/",
            "http://exa mple.com/", "http://example.com\\@localhost/", "http://{text}/", "http://a..com/",
            "http://example.com:99999/", "http://[::1/", "http://münchen.de/",
            "http://example.com/\n", "http://example.com/" + "a" * 2_000,
        )),
        *((url, "url_login") for url in (
            "https://me:secret@example.com/", "https://me@example.com/", "http://example.com@127.0.0.1/",
        )),
        *((url, "url_scheme") for url in (
            "file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "//example.com/", "example.com",
            "http:example.com", "gopher://example.com/", "{text}://example.com", "data:text/plain,x",
        )),
    ],
)  # fmt: skip
def test_addresses_at_home_and_odd_ones_are_refused(url, code):
    with pytest.raises(PackError) as caught:
        check_url(url)
    assert caught.value.problem.code == code
    assert caught.value.sentence("vi") != str(caught.value)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_address_is_let_through_or_refused(text):
    for url in (text, f"http://{text}", f"https://{text}/x"):
        with contextlib.suppress(PackError):
            assert check_url(url)
