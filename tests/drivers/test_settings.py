"""Secrets among a driver's settings: shown to nobody, and named in files."""

from __future__ import annotations

from pydantic import Field

from drivers.contract import DriverSettings, Secret


class Settings(DriverSettings):
    password: Secret = Field("", title="Password", description="Of the broker.")


def test_a_secret_is_kept_out_of_what_is_printed():
    settings = Settings(password="open sesame")
    assert settings.password == "open sesame"
    assert "sesame" not in repr(settings)


def test_its_name_stands_for_it_in_a_file():
    assert Settings.model_validate({"password": {"secret": "device/1/password"}}).password


def test_a_form_can_tell_it_from_a_text():
    field = Settings.model_json_schema()["properties"]["password"]
    assert field["secret"] is True
    assert (field["title"], field["description"]) == ("Password", "Of the broker.")
