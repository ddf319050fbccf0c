"""Who we say we are, and whom we trust."""

from __future__ import annotations

import random
import ssl
from urllib.parse import unquote

import pytest

from app.core.links import LinkReason
from app.live.net import Addresses, Browser, reason_of, trust
from tests.fakes.tiktok.tls import CA_FILE


def test_a_browser_says_the_same_of_itself_everywhere():
    for seed in range(20):
        browser = Browser.pick(random.Random(seed))
        params = browser.params(quoted=True)
        assert browser.headers()["User-Agent"] == browser.user_agent
        assert (
            f"{params['browser_name']}/{unquote(params['browser_version'])}" == browser.user_agent
        )
        assert ("Macintosh" in browser.user_agent) == (params["os"] == "mac")
        assert ("Macintosh" in browser.user_agent) == (params["browser_platform"] == "MacIntel")


def test_after_a_refusal_we_are_somebody_else():
    for seed in range(50):
        source = random.Random(seed)
        first = Browser.pick(source)
        assert Browser.pick(source, other_than=first).user_agent != first.user_agent


def test_certificates_are_always_checked():
    context = trust()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    before = len(context.get_ca_certs())
    assert before > 50
    assert len(trust(CA_FILE).get_ca_certs()) == before + 1


def test_everybody_outside_is_asked_over_tls():
    usual = Addresses()
    assert all(url.startswith("https://") for url in (usual.app, usual.webcast, usual.sign))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ConnectionRefusedError(), LinkReason.NO_NETWORK),
        (ssl.SSLCertVerificationError("no"), LinkReason.TLS_REFUSED),
        (OSError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"), LinkReason.TLS_REFUSED),
    ],
)
def test_why_a_connection_failed(error, reason):
    assert reason_of(error) is reason
    wrapped = RuntimeError("wrapped")
    wrapped.__cause__ = error
    assert reason_of(wrapped) is reason
