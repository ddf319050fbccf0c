"""The pipe between guardian and core: every word arrives once, the end is told once."""

import json
import os
import threading

import pytest

from app.gateway.pipe import Begin, CorePipe, PipeCalls
from app.lines import MAX_WAITING, LineWriter, read_lines
from drivers.contract import SafeRecipe

RECIPE = SafeRecipe("serial", "COM3", (b"\x00OFF\n", b"\xff"), 9600, b"OK", 0.25, 2.0)


class Guardian:
    """The far ends of a core's pipe."""

    def __init__(self):
        theirs, self.out = os.pipe()
        self.into, ours = os.pipe()
        self.pipe = CorePipe(theirs, ours)
        self.calls = []
        self.called = threading.Condition()

    def listen(self, on_stop=None):
        def note(*what):
            with self.called:
                self.calls.append(what)
                self.called.notify_all()

        self.pipe.start(
            PipeCalls(
                on_token=lambda token: note("token", token),
                on_stop=on_stop or (lambda source: note("stop", source)),
                on_quit=lambda: note("quit"),
                on_eof=lambda: note("eof"),
            )
        )

    def say(self, **message):
        os.write(self.out, json.dumps(message).encode() + b"\n")

    def wait_for(self, number):
        with self.called:
            assert self.called.wait_for(lambda: len(self.calls) >= number, 10)

    def heard(self):
        """Return what the core said, once it has closed."""
        self.pipe.close()
        return list(read_lines(self.into))

    def hang_up(self):
        os.close(self.out)


@pytest.fixture
def guardian():
    made = Guardian()
    yield made
    made.pipe.close()
    for one in (made.out, made.into):
        try:
            os.close(one)
        except OSError:
            continue


def test_the_core_learns_how_to_begin(guardian):
    guardian.say(begin={"stopped": "ctl", "crashes": 2, "safe": {"lamp": False}})
    assert guardian.pipe.begin() == Begin("ctl", 2, {"lamp": False})


def test_what_came_before_the_core_listens_is_kept_in_order(guardian):
    guardian.say(begin={})
    guardian.say(token="t")
    guardian.say(stop="ctl")
    guardian.say(quit=1)
    guardian.listen()
    guardian.wait_for(3)
    assert guardian.calls == [("token", "t"), ("stop", "ctl"), ("quit",)]
    assert {"stopped": "ctl"} in guardian.heard()


def test_the_end_of_the_guardian_is_told_once(guardian):
    guardian.listen()
    guardian.hang_up()
    guardian.wait_for(1)
    assert guardian.calls == [("eof",)]


def test_a_guardian_that_hangs_up_after_our_end_is_no_alarm(guardian):
    guardian.listen()
    guardian.pipe.bye()
    guardian.pipe.close()
    guardian.hang_up()
    guardian.pipe._reader.join(10)
    assert guardian.calls == []


def test_a_recipe_goes_over_whole_and_before_arm_returns(guardian):
    guardian.pipe.arm("lamp", RECIPE)
    # Nothing was closed or waited for: it is in the pipe already.
    line = os.read(guardian.into, 4096)
    from app.guardian import recipes

    message = json.loads(line)
    read = recipes.read(message["recipe"])
    assert message["arm"] == "lamp"
    for name in (
        "kind",
        "address",
        "frames",
        "speed_baud",
        "expect",
        "answer_s",
        "boot_wait_s",
        "options",
    ):
        assert getattr(read, name) == getattr(RECIPE, name)


def test_everything_the_core_says_arrives_in_order(guardian):
    pipe = guardian.pipe
    pipe.ready(1234)
    pipe.beat()
    pipe.gift_line("mai  Rose x3")
    pipe.stopped("desk")
    pipe.resumed()
    pipe.disarm("lamp")
    pipe.bye("restart")
    assert guardian.heard() == [
        {"ready": 1234},
        {"beat": 1},
        {"line": "mai  Rose x3"},
        {"stopped": "desk"},
        {"resumed": 1},
        {"disarm": "lamp"},
        {"bye": "restart"},
    ]


@pytest.mark.expect_log("a message of the guardian failed")
def test_a_stop_that_fails_inside_does_not_deafen_the_core(guardian):
    def fail(source):
        raise RuntimeError(source)

    guardian.listen(on_stop=fail)
    guardian.say(stop="one")
    guardian.say(quit=1)
    guardian.wait_for(1)
    assert guardian.calls == [("quit",)]
    assert guardian.heard() == []


@pytest.mark.expect_log("no message in the pipe")
def test_nonsense_in_the_pipe_is_left_out(guardian):
    os.write(guardian.out, b"\xff\xfe\n[1]\n")
    guardian.listen()
    guardian.say(quit=1)
    guardian.wait_for(1)
    assert guardian.calls == [("quit",)]


@pytest.mark.expect_log("does not take the safe recipe")
def test_a_guardian_that_hangs_costs_a_bounded_queue_and_no_waiting(guardian):
    for number in range(MAX_WAITING * 100):
        guardian.pipe.gift_line(f"line {number}")
        guardian.pipe.beat()
    assert not guardian.pipe.arm("lamp", RECIPE)
    # Room was kept for what matters: the recipe is in line, behind what fits the pipe.
    seen = []
    reader = threading.Thread(target=lambda: seen.extend(read_lines(guardian.into)))
    reader.start()
    guardian.pipe.close()
    reader.join(10)
    assert len(seen) < MAX_WAITING * 20
    assert any("arm" in one for one in seen)


def test_a_reader_that_hangs_is_waited_for_once_until_it_reads_again():
    into, out = os.pipe()
    writer = LineWriter(out, "stuck")
    assert writer.put({"x": "more than fits in a pipe" * 10_000})
    assert not writer.put_now({"arm": 1}, 0.01)
    answers = []
    next_one = threading.Thread(target=lambda: answers.append(writer.put_now({"arm": 2}, 60.0)))
    next_one.start()
    next_one.join(10)
    assert answers == [False]
    seen = []
    reader = threading.Thread(target=lambda: seen.extend(read_lines(into)))
    reader.start()
    while not writer.put_now({"arm": 3}, 10):
        pass  # what waited before it is being read
    writer.close()
    reader.join(10)
    assert [one["arm"] for one in seen if "arm" in one][:2] == [1, 2]


def test_a_writer_whose_reader_is_gone_says_so():
    into, out = os.pipe()
    os.close(into)
    writer = LineWriter(out, "lonely")
    assert not writer.put_now({"x": 1}, 10)
    assert not writer.put({"x": 2})
    writer.close()


def test_lines_come_out_whole_however_they_are_cut():
    into, out = os.pipe()
    for piece in (b'{"a"', b":1}", b'\n{"b":2}\n{"c"', b":3}\n"):
        os.write(out, piece)
    os.close(out)
    assert list(read_lines(into)) == [{"a": 1}, {"b": 2}, {"c": 3}]
