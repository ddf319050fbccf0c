"""A database for the tests of the store."""

import pytest

from app.store.db import Database
from app.store.writer import Options
from tests.app.store.rig import Told


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def db_path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def make_database(db_path, told):
    made = []

    def opened(path=db_path, *, start=True, **options):
        database = Database(path, told.take, options=Options(**options))
        if start:
            database.open()
        made.append(database)
        return database

    yield opened
    for database in made:
        database.close()
