"""What a desk is told of gifts: what streams taught, over the restart of a core."""

from app.core.giftlist import GiftKind
from app.gateway.messages import AddDevice, Fire, GetGifts, GetReceipt, SetSetting
from tests.app.gateway.core import Core
from tests.fakes.tiktok.gifts import GiftKind as Listed
from tests.fakes.tiktok.server import FakeTikTok


async def test_gifts_that_a_stream_told_of_are_told_with_all_their_names(profile):
    async with Core(profile) as core:
        assert (await core.ask(GetGifts())).gifts.gifts == ()
        gifts = core.runtime._house.gifts
        gifts.learn(GiftKind(5655, "Rosa", 1))
        gifts.learn(GiftKind(99_123, "Banh Mi", 15, True))
        told = {one.gift_id: one for one in (await core.ask(GetGifts())).gifts.gifts}
        assert told[5655].also == ("Hoa hồng", "Rose")
        assert (told[99_123].name, told[99_123].coins) == ("Banh Mi", 15)
    async with Core(profile) as core:
        told = {one.gift_id: one for one in (await core.ask(GetGifts())).gifts.gifts}
        assert told[5655].also == ("Hoa hồng", "Rose")


async def test_tiktoks_own_list_is_told_once_and_known_after_a_restart(profile):
    async with FakeTikTok() as tiktok:
        tiktok.room.extra_gifts = (Listed(70_001, "New Dragon", 777, 2),)
        async with Core(profile, tiktok=tiktok.base) as core:
            await core.ask(SetSetting(key="language", value="vi"))
            await core.runtime._house.stream._around.catalogue.look(tiktok.room.room_id)
            result = (await core.ask(GetGifts())).gifts
            told = {one.gift_id: one for one in result.gifts}
            assert told[6369].local == {"vi": "Sư tử", "en": "Lion"}
            assert (told[70_001].coins, told[70_001].combo) == (777, False)
            same = (await core.ask(GetGifts(mark=result.mark))).gifts
            assert (same.gifts, same.mark) == ((), result.mark)
            event_id = (await core.ask(Fire(gift="sư tử"))).event_id
            assert (await core.ask(GetReceipt(event_id=event_id))).receipt.gift_id == 6369
        async with Core(profile, tiktok=tiktok.base) as core:
            again = (await core.ask(GetGifts(mark=result.mark))).gifts
            assert {one.gift_id: one for one in again.gifts} == told
            await core.runtime._house.stream._around.catalogue.look(tiktok.room.room_id)
        assert len(tiktok.calls("/gift/list")) == 2


async def test_a_gift_fired_by_its_vietnamese_name_is_the_gift(profile):
    async with Core(profile) as core:
        event_id = (await core.ask(Fire(gift="hoa hồng"))).event_id
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.gift_id == 5655


async def test_a_device_that_was_added_is_named_in_the_reply(profile):
    async with Core(profile) as core:
        add = AddDevice(driver="simulated", name="Lamp", settings={"machine": "light"})
        device_id = (await core.ask(add)).device_id
        assert device_id in {one.id for one in (await core.now()).devices}
