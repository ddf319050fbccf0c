"""Profiles whose owner has tried the devices by hand, as gifts want it of everything that moves."""

from app import paths
from app.store.db import Database
from app.store.kept import Kept


def used(profile, *device_ids):
    """Note that somebody used these devices before."""
    parts = paths.Parts(profile)
    parts.journal.parent.mkdir(parents=True, exist_ok=True)
    database = Database(parts.journal, lambda _: None)
    database.open()
    for device_id in device_ids:
        Kept(database, "used").put(device_id, {})
    assert database.close()
