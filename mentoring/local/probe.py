"""Small questions to the network of this machine."""

import socket
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


def free_port(host: str = LOOPBACK) -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def status_of(url: str) -> int | None:
    """The status with which a web server on this machine answers, or None when none does."""
    place = urlsplit(url)
    connection = HTTPConnection(place.netloc, timeout=5)
    try:
        connection.request("GET", place.path or "/")
        return connection.getresponse().status
    except (HTTPException, OSError):
        return None
    finally:
        connection.close()


def page_answers(url: str) -> bool:
    """Whether a web server answers at the address, whatever the answer is."""
    return status_of(url) is not None


def valkey_answers(*, port: int, password: str) -> bool:
    """Whether our own server, known by its password, answers at the port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            received = b""
            while b"PONG" not in received:
                more = connection.recv(64)
                if not more or received.startswith(b"-"):
                    return False
                received += more
    except OSError:
        return False
    return True
