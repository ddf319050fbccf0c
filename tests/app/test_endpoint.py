"""The local endpoint of the guardian: one per profile, for this user only."""

import contextlib
import json
import socket
import stat
import sys
import threading
from pathlib import Path

import pytest

from app import endpoint
from app.endpoint import Endpoint, EndpointError, NobodyThereError, TakenError

posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets with a path are POSIX")


@pytest.fixture
def opened(profile):
    """Open endpoints of this test's profile; they are closed afterwards."""
    ends = []

    def make(answer=lambda request: {"ok": True, **request}, at=profile):
        ends.append(Endpoint(at, answer))
        return ends[-1]

    yield make
    for one in ends:
        one.close()


def dial(profile):
    own = socket.socket(socket.AF_UNIX)
    own.settimeout(10)
    own.connect(endpoint.address(profile))
    return own


def framed(data):
    return len(data).to_bytes(4, "big") + data


def test_a_request_gets_its_answer(opened, profile):
    opened()
    assert endpoint.ask(profile, {"want": "state"}) == {"ok": True, "want": "state"}


def test_without_a_guardian_nobody_is_there(profile):
    with pytest.raises(NobodyThereError):
        endpoint.ask(profile, {"want": "state"})


def test_a_profile_is_taken_once_and_free_again_after_close(opened, profile):
    first = opened()
    with pytest.raises(TakenError):
        opened()
    first.close()
    opened()


def test_two_profiles_do_not_meet(opened, profile, tmp_path):
    opened()
    opened(at=tmp_path)
    assert endpoint.address(profile) != endpoint.address(tmp_path)


@posix
def test_two_names_of_one_folder_are_one_profile(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert endpoint.address(real) == endpoint.address(link)


@posix
def test_a_long_path_still_fits_a_socket_and_strangers_cannot_enter(opened, tmp_path):
    deep = tmp_path / ("x" * 200)
    opened(at=deep)
    place = Path(endpoint.address(deep))
    assert len(str(place)) < 100
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@posix
def test_what_a_killed_guardian_left_behind_is_cleared_away(opened, profile):
    place = Path(endpoint.address(profile))
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place))
    assert place.exists()
    with pytest.raises(NobodyThereError):
        endpoint.ask(profile, {})
    opened()
    assert endpoint.ask(profile, {"want": 1})["ok"]


@posix
def test_a_socket_that_answers_is_never_cleared_away(opened, profile):
    place = Path(endpoint.address(profile))
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as alive:
        alive.bind(str(place))
        alive.listen()
        with pytest.raises(TakenError):
            opened()
    place.unlink()


@posix
@pytest.mark.parametrize(
    "data",
    [
        framed(b"not json"),
        framed(b"[1]"),
        framed(b"\x80\x04."),  # what a pickle looks like
        framed(b""),
        b"\x7f\xff\xff\xff",
        (2**31 - 1).to_bytes(4, "big") + b"x" * 1000,
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_nonsense_is_not_answered_and_hurts_nobody(opened, profile, data):
    opened()
    with dial(profile) as own:
        own.sendall(data)
        own.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            assert own.recv(10) == b""
    assert endpoint.ask(profile, {"want": "state"})["ok"]


@posix
def test_a_caller_that_says_half_a_word_does_not_keep_others_waiting(opened, profile):
    opened()
    half, silent = dial(profile), dial(profile)
    half.sendall(b"\x00\x00")
    assert endpoint.ask(profile, {"want": "state"})["ok"]
    # Both are shown out after a while.
    assert half.recv(10) == b""
    assert silent.recv(10) == b""
    half.close()
    silent.close()


@posix
def test_many_callers_at_once_are_bounded(opened, profile):
    opened()
    crowd = [dial(profile) for _ in range(endpoint.MAX_CALLERS)]
    late = dial(profile)
    assert late.recv(10) == b""
    for one in [*crowd, late]:
        one.close()


def test_a_slow_answer_holds_up_nobody_else(opened, profile):
    go = threading.Event()

    def answer(request):
        if request["want"] == "slow":
            go.wait(10)
        return request

    opened(answer)
    slow = threading.Thread(target=endpoint.ask, args=(profile, {"want": "slow"}, 20.0))
    slow.start()
    assert endpoint.ask(profile, {"want": "quick"})["want"] == "quick"
    go.set()
    slow.join()


def test_a_guardian_that_does_not_answer_is_given_up(opened, profile):
    go = threading.Event()

    def answer(request):
        go.wait(10)
        return request

    opened(answer)
    with pytest.raises(EndpointError):
        endpoint.ask(profile, {}, 0.1)
    go.set()


@posix
def test_an_answer_of_the_wrong_shape_is_an_error(profile):
    place = Path(endpoint.address(profile))
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as alive:
        alive.bind(str(place))
        alive.listen()

        def serve():
            end, _ = alive.accept()
            with end:
                end.recv(1000)
                end.sendall(framed(json.dumps([1]).encode()))

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(EndpointError):
            endpoint.ask(profile, {})
        thread.join()
    place.unlink()
