"""`ctl` against a real guardian and a real, if tiny, core."""

import json
import signal
import sys

import psutil
import pytest

from app import arguments, ctl
from tests.e2e.harness import House
from tests.fakes.tiktok.thread import in_thread

pytestmark = pytest.mark.e2e


@pytest.fixture
def ask(profile, capsys):
    """Run `ctl WORDS`; return exit code, output, errors."""

    def run(*words):
        options = arguments.read(["--profile", str(profile), *words])
        code = ctl.run(profile, options)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def home(profile):
    house = House(profile)
    house.running()
    yield house
    house.close()


@pytest.mark.parametrize("words", [["status"], ["fire"], ["stop"], ["resume"], ["quit"]])
def test_without_giftwire_it_says_how_to_start_it(ask, words):
    code, out, err = ask("ctl", *words)
    assert (code, out) == (3, "")
    assert err == "Giftwire is not running. Start it with: python -m app\n"


def test_status_tells_who_is_listened_to_and_what_there_is(ask, home):
    code, out, _ = ask("ctl", "status")
    assert code == 0
    assert "Giftwire tiny" in out
    assert "Listening to nobody yet: off" in out
    assert "No devices yet." in out


def test_fire_tells_what_happened(ask, home):
    code, out, _ = ask("ctl", "fire", "--gift", "Rose", "--count", "10", "--who", "mai")
    assert code == 0
    lines = out.splitlines()
    assert "Rose x10 from mai, 10 coins  [pretend/Rose]" in lines[0]
    assert lines[1] == "  Rule “Roses turn” ran."
    assert lines[2].startswith("  Rule “Big ones” did not run. Only if: ")
    assert lines[3] == "       1.2 ms  Motor: 10 rounds at 60 RPM, confirmed by the device"


def test_fire_as_json_holds_the_event_and_its_receipt(ask, home):
    code, out, _ = ask("ctl", "fire", "--json")
    told = json.loads(out)
    assert (code, told["event_id"], told["receipt"]["count"]) == (0, "pretend/Rose", 10)


def test_receipt_of_something_unknown_says_so(ask, home):
    code, out, err = ask("ctl", "receipt", "nothing")
    assert (code, out) == (1, "")
    assert err == "There is no such event in the journal.\n"


def test_check_live_answers_by_exit_code_too(ask, home):
    assert ask("ctl", "check-live", "@mai") == (0, "@mai is live now.\n", "")
    code, out, _ = ask("ctl", "check-live", "nobody")
    assert code == 1
    assert "no user @nobody" in out


@pytest.fixture
def tiktok():
    with in_thread("giftwire_demo") as server:
        yield server.tiktok.base


def test_check_live_needs_no_running_giftwire(ask, tiktok):
    url = tiktok
    assert ask("--tiktok", url, "check-live", "@giftwire_demo")[:2] == (
        0,
        "@giftwire_demo is live now.\n",
    )
    assert ask("--tiktok", url, "check-live", "nobody.at.all")[0] == 1
    told = ask("--tiktok", url, "check-live", "not a name")
    assert told[0] == 1
    assert "not a TikTok user name" in told[1]


def test_replay_of_a_missing_file_does_not_bother_the_core(ask, home, tmp_path):
    code, _, err = ask("replay", str(tmp_path / "none.gz"))
    assert code == 1
    assert err.startswith("There is no file ")


def test_stop_and_resume(ask, home):
    code, out, _ = ask("ctl", "stop")
    assert code == 0
    assert out.startswith("Stopped in ")
    assert "STOPPED by ctl" in ask("ctl", "status")[1]
    code, _, err = ask("ctl", "resume")
    assert code == 1
    assert err.startswith("Still stopped. Look at your devices first.")
    assert "STOPPED by ctl" in ask("ctl", "status")[1]
    assert ask("ctl", "resume", "--yes")[0] == 0
    assert "STOPPED" not in ask("ctl", "status")[1]


def test_nobody_is_armed_who_is_not_there(ask, home):
    assert ask("ctl", "arm", "Nobody")[::2] == (1, "Nothing has that name. Look again.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP there")
def test_stop_works_when_the_core_hangs_and_says_who_did_it(ask, home):
    psutil.Process(home.state()["pid"]).send_signal(signal.SIGSTOP)
    code, out, _ = ask("ctl", "stop")
    assert code == 0
    assert "guardian stopped the devices" in out


def test_quit_ends_it(ask, home):
    assert ask("ctl", "quit") == (0, "Giftwire has ended.\n", "")
    assert home.process.wait(30) == 0


@pytest.mark.parametrize(
    "words",
    [["ctl"], ["ctl", "dance"], ["ctl", "fire", "--count", "0"], ["replay"], ["--nonsense"]],
)
def test_a_mistake_in_the_command_is_explained_with_code_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments.read(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
