"""The file of devices keeps what drivers saved."""

import json

import pytest

from app.core.notices import NoticeCode
from app.store.devicefile import DeviceFile, SavedDevice, device_document

DEVICES = DeviceFile(
    devices=(
        SavedDevice(
            id="a",
            name="Motor",
            driver="giftwire_line",
            role="motor",
            settings={"port": "COM3", "deep": {"list": [1, 2.5, None, True]}},
            limits={"turn": {"max_rpm": 60.0}},
        ),
        SavedDevice(id="b", name="Đèn", driver="simulated"),
    )
)


def test_devices_go_to_a_file_and_back(tmp_path):
    notices = []
    device_document(tmp_path / "devices.json", notices.append).save(DEVICES)
    assert device_document(tmp_path / "devices.json", notices.append).load() == DEVICES
    assert notices == []


def test_without_a_file_there_are_no_devices(tmp_path):
    assert device_document(tmp_path / "devices.json", lambda notice: None).load().devices == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda devices: devices.append(devices[0]),
        lambda devices: devices[0].pop("driver"),
        lambda devices: devices[0].update(id=""),
        lambda devices: devices[0].update(color="red"),
    ],
)
def test_a_file_that_makes_no_sense_gives_the_last_good_devices(tmp_path, change):
    notices = []
    path = tmp_path / "devices.json"
    device_document(path, notices.append).save(DEVICES)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["devices"])
    path.write_text(json.dumps(content))
    assert device_document(path, notices.append).load() == DEVICES
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]
