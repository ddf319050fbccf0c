"""An encrypted file of secrets, for computers without a keyring and owners with a passphrase.

One rule: without the passphrase the file tells nothing but the names; it is never kept beside it.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import secrets
import threading
from typing import TYPE_CHECKING

from app.store.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.fernet import Fernet

# About 0.1 s and 32 MB on a desktop of 2020; only a guesser does it often.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**15, 8, 1
_SCRYPT_BYTES = 64 << 20


class VaultLockedError(Exception):
    """The passphrase does not open what is in the file."""


class Vault:
    """Secrets in the file at `path`. Blocks; raises OSError if the file cannot be used."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path = path
        self._passphrase = passphrase.encode()
        self._lock = threading.Lock()
        self._fernet: tuple[bytes, Fernet] | None = None

    @staticmethod
    def possible() -> bool:
        """Say whether encryption is at hand; it comes with the Linux keyring, not everywhere."""
        return importlib.util.find_spec("cryptography") is not None

    def get(self, name: str) -> str:
        """Return a secret, or "" if there is none. Raises VaultLockedError."""
        with self._lock:
            salt, items = self._read()
            return self._open(salt, items[name]) if name in items else ""

    def put(self, name: str, value: str) -> None:
        """Keep a secret; "" forgets it. Raises VaultLockedError rather than mix two passphrases."""
        with self._lock:
            salt, items = self._read()
            for token in items.values():
                self._open(salt, token)
            if value:
                items[name] = self._key(salt).encrypt(value.encode()).decode()
            else:
                items.pop(name, None)
            content = {"version": 1, "salt": salt.hex(), "items": items}
            write_whole(self._path, json.dumps(content, indent=2).encode())

    def _read(self) -> tuple[bytes, dict[str, str]]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            items = {str(name): str(token) for name, token in content["items"].items()}
            return bytes.fromhex(content["salt"]), items
        except FileNotFoundError:
            return secrets.token_bytes(16), {}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise VaultLockedError("damaged") from error

    def _open(self, salt: bytes, token: str) -> str:
        from cryptography.fernet import InvalidToken

        try:
            return self._key(salt).decrypt(token.encode()).decode()
        except InvalidToken as error:
            raise VaultLockedError("wrong passphrase") from error

    def _key(self, salt: bytes) -> Fernet:
        if self._fernet is None or self._fernet[0] != salt:
            from cryptography.fernet import Fernet

            key = hashlib.scrypt(
                self._passphrase,
                salt=salt,
                n=_SCRYPT_N,
                r=_SCRYPT_R,
                p=_SCRYPT_P,
                maxmem=_SCRYPT_BYTES,
                dklen=32,
            )
            self._fernet = salt, Fernet(base64.urlsafe_b64encode(key))
        return self._fernet[1]
