"""Secrets go to the keyring, to an encrypted file, or nowhere; and the user is told which."""

import os
import stat
import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.core.notices import NoticeCode
from app.store.secrets import AGAIN_S, Kept, Secrets, system_keyring
from tests.app.store.rig import files_no_longer_than

KEY = "euler-key-0123456789"


class MemoryKeyring(KeyringBackend):
    """A keyring as its makers describe one, in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.items = {}

    def get_password(self, service, username):
        return self.items.get((service, username))

    def set_password(self, service, username, password):
        self.items[service, username] = password

    def delete_password(self, service, username):
        if self.items.pop((service, username), None) is None:
            raise PasswordDeleteError("no such password")


class LockedKeyring(MemoryKeyring):
    """A keyring whose owner does not unlock it."""

    def get_password(self, service, username):
        raise KeyringLocked(f"locked, by the way: {KEY}")

    def set_password(self, service, username, password):
        raise KeyringLocked(f"locked, by the way: {password}")


class SilentKeyring(MemoryKeyring):
    """A keyring that waits for an answer nobody gives, until the test ends."""

    def __init__(self):
        super().__init__()
        self.end = threading.Event()

    def get_password(self, service, username):
        self.end.wait(30)
        return KEY


@pytest.fixture
def notices():
    return []


@pytest.fixture
def make(tmp_path, notices):
    def made(backend=None, environ=None, profile="main", folder=tmp_path, **options):
        return Secrets(
            profile,
            folder,
            notices.append,
            environ=environ or {},
            backend=lambda: backend,
            **options,
        )

    return made


def codes(notices):
    return [notice.code for notice in notices]


def files_hold_no(text, folder):
    return not any(
        text.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file()
    )


async def test_the_keyring_keeps_a_secret_beyond_this_run(make, notices, tmp_path):
    keyring = MemoryKeyring()
    assert await make(keyring).put("sign_key", KEY) is Kept.KEYRING
    assert await make(keyring).get("sign_key") == KEY
    assert await make(keyring).get("other") == ""
    assert notices == []
    assert not any(tmp_path.iterdir())


async def test_each_profile_has_secrets_of_its_own(make):
    keyring = MemoryKeyring()
    await make(keyring).put("sign_key", KEY)
    assert await make(keyring, profile="second").get("sign_key") == ""


async def test_a_secret_can_be_forgotten_even_twice(make, notices):
    keyring = MemoryKeyring()
    secrets = make(keyring)
    await secrets.put("sign_key", KEY)
    await secrets.put("sign_key", "")
    await secrets.put("sign_key", "")
    assert await secrets.get("sign_key") == ""
    assert keyring.items == {}
    assert notices == []


async def test_the_environment_goes_first(make):
    secrets = make(MemoryKeyring(), {"GIFTWIRE_SIGN_KEY": "from outside"})
    await secrets.put("sign_key", KEY)
    assert await secrets.get("sign_key") == "from outside"


async def test_without_a_keyring_a_secret_lasts_this_run_and_the_user_is_told(
    make, notices, tmp_path
):
    secrets = make(None)
    assert await secrets.kept() is Kept.THIS_RUN
    assert notices == []
    assert await secrets.put("sign_key", KEY) is Kept.THIS_RUN
    await secrets.put("other", KEY)
    assert await secrets.get("sign_key") == KEY
    assert codes(notices) == [NoticeCode.SECRETS_THIS_RUN_ONLY]
    assert not any(tmp_path.iterdir())
    assert await make(None).get("sign_key") == ""


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring()])
async def test_a_keyring_that_keeps_nothing_is_none(make, backend, monkeypatch):
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        assert system_keyring() is None
        keyring.set_keyring(MemoryKeyring())
        assert isinstance(system_keyring(), MemoryKeyring)
    finally:
        keyring.set_keyring(before)


async def test_a_locked_keyring_is_worked_around_and_its_words_are_not_logged(
    make, notices, caplog
):
    caplog.set_level("DEBUG")
    secrets = make(LockedKeyring())
    assert await secrets.put("sign_key", KEY) is Kept.THIS_RUN
    assert await secrets.get("sign_key") == KEY
    assert await secrets.get("other") == ""
    assert codes(notices) == [NoticeCode.SECRETS_THIS_RUN_ONLY, NoticeCode.KEYRING_LOCKED]
    assert KEY not in caplog.text


async def test_a_locked_keyring_is_said_once_and_asked_again_later(make, notices):
    class Door(MemoryKeyring):
        locked = True

        def get_password(self, service, username):
            if self.locked:
                raise KeyringLocked("locked")
            return super().get_password(service, username)

    keyring, opened = Door(), []
    secrets = make(keyring)

    async def on_open():
        opened.append(await secrets.get("sign_key"))

    secrets.on_open = on_open
    keyring.locked = False
    await secrets.put("sign_key", KEY)
    assert not secrets.due(0.0)
    keyring.locked = True
    for _ in range(2):
        assert await secrets.get("sign_key") == ""
        assert await secrets.get("obs_password") == ""
    assert codes(notices) == [NoticeCode.KEYRING_LOCKED]
    now_s = 0.0
    for again_s in (*AGAIN_S, AGAIN_S[-1]):
        assert not secrets.due(now_s)
        assert not secrets.due(now_s + again_s - 0.1)
        assert secrets.due(now_s + again_s)
        now_s += again_s
        await secrets.ask_again()
    assert codes(notices) == [NoticeCode.KEYRING_LOCKED]
    assert opened == []
    keyring.locked = False
    await secrets.ask_again()
    assert codes(notices) == [NoticeCode.KEYRING_LOCKED, NoticeCode.KEYRING_OPEN]
    assert opened == [KEY]
    assert not secrets.due(now_s + 1e6)


async def test_nobody_waits_for_ever_for_a_keyring(make):
    keyring = SilentKeyring()
    try:
        assert await make(keyring, ask_s=0.05).get("sign_key") == ""
    finally:
        keyring.end.set()


async def test_a_keyring_that_cannot_be_loaded_is_none(make, notices, tmp_path):
    def broken():
        raise ImportError("no such library")

    secrets = Secrets("main", tmp_path, notices.append, environ={}, backend=broken)
    assert await secrets.kept() is Kept.THIS_RUN


PASSPHRASE = {"GIFTWIRE_PASSPHRASE": "correct horse"}


@pytest.fixture
def _encryption():
    pytest.importorskip("cryptography", reason="comes with the keyring of Linux only")


@pytest.mark.usefixtures("_encryption")
async def test_with_a_passphrase_an_encrypted_file_keeps_it(make, notices, tmp_path):
    assert await make(None, PASSPHRASE).put("sign_key", KEY) is Kept.FILE
    assert await make(None, PASSPHRASE).get("sign_key") == KEY
    assert await make(None, PASSPHRASE).get("other") == ""
    assert notices == []
    assert files_hold_no(KEY, tmp_path)
    assert files_hold_no("correct horse", tmp_path)
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.usefixtures("_encryption")
async def test_a_wrong_passphrase_opens_nothing_and_spoils_nothing(make, notices):
    await make(None, PASSPHRASE).put("sign_key", KEY)
    wrong = make(None, {"GIFTWIRE_PASSPHRASE": "wrong"})
    assert await wrong.get("sign_key") == ""
    assert await wrong.put("sign_key", "other") is Kept.THIS_RUN
    assert await wrong.get("sign_key") == "other"
    assert set(codes(notices)) == {NoticeCode.SECRETS_LOCKED, NoticeCode.SECRETS_THIS_RUN_ONLY}
    assert await make(None, PASSPHRASE).get("sign_key") == KEY


@pytest.mark.usefixtures("_encryption")
async def test_a_secret_in_the_file_can_be_forgotten(make):
    secrets = make(None, PASSPHRASE)
    await secrets.put("sign_key", KEY)
    await secrets.put("other", "kept")
    await secrets.put("sign_key", "")
    again = make(None, PASSPHRASE)
    assert (await again.get("sign_key"), await again.get("other")) == ("", "kept")


@pytest.mark.usefixtures("_encryption")
@pytest.mark.parametrize("content", ["", "{", "[]", '{"salt": "zz", "items": {}}', '{"items": 5}'])
async def test_a_damaged_file_opens_nothing_and_is_not_written_over(
    make, notices, tmp_path, content
):
    (tmp_path / "secrets.json").write_text(content)
    secrets = make(None, PASSPHRASE)
    assert await secrets.get("sign_key") == ""
    assert await secrets.put("sign_key", KEY) is Kept.THIS_RUN
    assert (tmp_path / "secrets.json").read_text() == content
    assert codes(notices).count(NoticeCode.SECRETS_LOCKED) == 2


@pytest.mark.usefixtures("_encryption")
@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
async def test_a_full_disk_keeps_the_secret_for_this_run(make, notices):
    secrets = make(None, PASSPHRASE)
    with files_no_longer_than(5):
        assert await secrets.put("sign_key", KEY) is Kept.THIS_RUN
    assert await secrets.get("sign_key") == KEY
    assert codes(notices) == [NoticeCode.SECRETS_THIS_RUN_ONLY]


async def test_without_a_folder_a_passphrase_is_of_no_use(make):
    assert await make(None, PASSPHRASE, folder=None).kept() is Kept.THIS_RUN
