"""The broker's file: what it holds, and that a wrong one is set aside."""

import json

from app.store.brokerfile import BrokerFile, SavedAccount, broker_document


def test_what_is_saved_is_there_again(tmp_path):
    told = []
    path = tmp_path / "broker.json"
    account = SavedAccount(name="plug", devices=("d",))
    saved = BrokerFile(on=True, reach="home", port=1884, accounts=(account,))
    broker_document(path, told.append).save(saved)
    assert broker_document(path, told.append).load() == saved
    assert told == []


def test_without_a_file_it_is_off_and_for_this_computer_only(tmp_path):
    fresh = broker_document(tmp_path / "broker.json", lambda _: None).load()
    assert (fresh.on, fresh.reach, fresh.accounts) == (False, "computer", ())


def test_two_accounts_of_one_name_are_not_believed(tmp_path):
    path = tmp_path / "broker.json"
    path.write_text(json.dumps({"version": 1, "accounts": [{"name": "x"}, {"name": "x"}]}))
    told = []
    assert broker_document(path, told.append).load() == BrokerFile()
    assert len(told) == 1
