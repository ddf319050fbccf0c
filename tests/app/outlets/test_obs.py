"""OBS: scenes and sources through a stand-in, which a client of others' finds to be a real one."""

import asyncio

import pytest

from app.core.effects import ShowScene, ShowSource
from app.core.links import LinkStage
from app.core.outcome import Drop
from app.outlets.obs import ObsAddress, ObsOutlet
from app.outlets.obs_client import proof
from app.outlets.outlet import OutletError
from tests.fakes.obs import FakeObs


def outlet(obs, password=""):
    async def address():
        return ObsAddress("127.0.0.1", obs.port, password)

    return ObsOutlet(address)


@pytest.fixture
async def obs():
    async with FakeObs() as one:
        yield one


async def test_a_client_of_others_is_let_in_by_the_stand_in_and_switches_its_scene():
    simpleobsws = pytest.importorskip("simpleobsws")
    async with FakeObs("hush") as obs:
        client = simpleobsws.WebSocketClient(f"ws://127.0.0.1:{obs.port}", "hush")
        await client.connect()
        assert await client.wait_until_identified(5)
        data = {"sceneName": "Party"}
        answer = await client.call(simpleobsws.Request("SetCurrentProgramScene", data), 5)
        assert answer.ok()
        await client.disconnect()
    assert obs.scene == "Party"


def test_the_proof_is_that_of_the_protocol_document():
    # The worked example of the document.
    salt, challenge = (
        "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=",
        ("+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY="),
    )
    expected = "1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4="
    assert proof("supersecretpassword", salt, challenge) == expected


async def test_a_scene_is_switched(obs):
    one = outlet(obs)
    assert await one.carry_out(ShowScene("Party")) == "Party"
    await one.close()
    assert obs.scene == "Party"


async def test_a_source_is_shown_and_hidden_in_the_present_scene(obs):
    one = outlet(obs)
    await one.carry_out(ShowSource("", "Confetti", visible=True))
    assert obs.scenes["Main"]["Confetti"]
    await one.carry_out(ShowSource("Main", "Confetti", visible=False))
    assert not obs.scenes["Main"]["Confetti"]
    await one.close()


@pytest.mark.parametrize("effect", [ShowScene("Beach"), ShowSource("Main", "Whale")])
async def test_what_is_not_there_is_told_and_the_connection_stays(obs, effect):
    one = outlet(obs)
    with pytest.raises(OutletError) as told:
        await one.carry_out(effect)
    assert told.value.drop is Drop.NOT_FOUND
    assert await one.carry_out(ShowScene("Party")) == "Party"
    await one.close()


async def test_the_right_password_opens_and_a_wrong_one_is_told():
    async with FakeObs("hush") as obs:
        good = outlet(obs, "hush")
        await good.carry_out(ShowScene("Party"))
        await good.close()
        for wrong in ("", "loud"):
            one = outlet(obs, wrong)
            with pytest.raises(OutletError) as told:
                await one.carry_out(ShowScene("Main"))
            assert (told.value.drop, told.value.detail) == (Drop.REFUSED, "password")
            await one.close()


async def test_obs_closed_and_opened_again_costs_nothing(obs):
    one = outlet(obs)
    await one.carry_out(ShowScene("Party"))
    await obs.drop_all()
    await one.carry_out(ShowScene("Main"))
    await one.close()
    assert obs.scene == "Main"


async def test_obs_that_goes_is_told_and_found_again(obs):
    told = []

    async def address():
        return ObsAddress("127.0.0.1", obs.port, "")

    one = ObsOutlet(address, told.append)
    one.look()
    await one.reach()
    one.look()
    assert told == [LinkStage.ONLINE]
    await obs.drop_all()
    async with asyncio.timeout(10):
        while told[-1] is not LinkStage.WAITING:
            await asyncio.sleep(0.01)
            one.look()
    await one.reach()
    one.look()
    assert told[-1] is LinkStage.ONLINE
    await one.close()
    one.look()
    assert told[-1] is LinkStage.ONLINE


async def test_obs_that_is_not_there_is_offline():
    async with FakeObs() as obs:
        pass
    one = outlet(obs)
    with pytest.raises(OutletError) as told:
        await one.carry_out(ShowScene("Main"))
    assert told.value.drop is Drop.OFFLINE


async def test_without_an_address_it_is_not_set_up():
    class Nowhere:
        port = 0

    with pytest.raises(OutletError) as told:
        await outlet(Nowhere).carry_out(ShowScene("Main"))
    assert told.value.drop is Drop.NOT_SET_UP


async def test_the_scenes_can_be_chosen_from(obs):
    one = outlet(obs)
    assert await one.scenes() == {"Party": ("Lights",), "Main": ("Camera", "Confetti")}
    await one.close()
