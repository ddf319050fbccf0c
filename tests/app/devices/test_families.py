"""Families of devices stand where a streamer looks for them."""

from app.core.catalog import scan
from app.devices.families import GROUPS, can_be_found, group_of
from drivers.contract import Driver


def test_every_driver_there_is_has_its_place():
    groups = {key: group_of(driver) for key, driver in scan("drivers", Driver).found.items()}
    assert set(groups.values()) <= set(GROUPS)
    wanted = {
        "giftwire_line": "usb",
        "lcus_relay": "usb",
        "hid_relay": "usb",
        "ble_strip": "bluetooth",
        "mqtt_tasmota": "mqtt",
        "obs": "network",
        "wled": "network",
        "artnet": "network",
        "template": "other",
        "simulated": "practice",
    }
    assert {key: groups[key] for key in wanted if key in groups} == {
        key: group for key, group in wanted.items() if key in groups
    }


def test_what_can_only_be_added_by_hand_is_known():
    found = scan("drivers", Driver).found
    assert can_be_found(found["simulated"])
    assert not can_be_found(found["enttec_pro"])
