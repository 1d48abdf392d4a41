"""The folder of local data: who uses it now, and the secrets kept in it."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentoring.local.folders import kept_secret, write_private
from mentoring.local.roles import Role, Roles
from mentoring.local.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """One data folder, ``.local`` in the checkout unless LOCAL_DATA names another."""

    folder: Path

    @classmethod
    def from_environment(cls) -> "Place":
        return cls(Path(os.environ.get("LOCAL_DATA") or ROOT / ".local").resolve())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others out; the kernel lets go when this process ends, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # Others may pass through, as PostgreSQL must when it runs as nobody; all inside is private.
        self.folder.chmod(0o711)
        with (self.folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise Trouble(
                    f"Another process ({lock.read().strip() or 'unknown'}) already runs with the"
                    f" data in {self.folder}: stop it first, or set LOCAL_DATA to another folder."
                ) from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            try:
                yield
            finally:
                self.remember("environment", None)

    def is_held(self) -> bool:
        """Whether a process works with the folder now."""
        try:
            with self.held():
                return False
        except Trouble:
            return True

    def remember(self, name: str, value: Any) -> None:
        """Keep something for later runs, for the owner's eyes; None forgets it."""
        path = self.folder / f"{name}.json"
        if value is None:
            path.unlink(missing_ok=True)
        else:
            write_private(path, json.dumps(value, indent=1))

    def recall(self, name: str) -> Any:
        """What was remembered under the name, or None."""
        try:
            return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def secret_key(self) -> str:
        """Django's key for this folder: sessions survive a restart."""
        return kept_secret(self.folder / "secret-key")

    def roles(self, database: str) -> Roles:
        """The logins for a database, made up once."""
        kinds = ("owner", "app", "system")
        secrets = {kind: kept_secret(self.folder / f"{database}-{kind}") for kind in kinds}
        return Roles(**{kind: Role(f"{database}_{kind}", secrets[kind]) for kind in kinds})


def development_environment(
    place: Place, *, host: str, port: int, given: Mapping[str, str]
) -> dict[str, str]:
    """The settings of a development installation; what the person has set wins."""
    return {
        "DEVELOPMENT": "true",
        "SECRET_KEY": place.secret_key(),
        "BASE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": f"{host},localhost,127.0.0.1",
        "MAIL_URL": (place.folder / "mail").as_uri(),
        "LOG_FORMAT": "console",
        "WEB_RELOAD": "true",
        "WEB_WORKERS": "1",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        **given,
        "HOST": host,
        "PORT": str(port),
    }
