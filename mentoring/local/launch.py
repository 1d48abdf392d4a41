"""Become another program that dies when its parent dies.

Run as a script of its own, ``launch.py PARENT SIGNAL IDENTITY COMMAND…``, because work
between fork and exec is not safe in a process that has threads. Standard library only.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
IN_NAMESPACE = "namespace"
AS_SELF = "self"
INNER_ID = 1000


def enter_namespace() -> None:
    """Stop being root without any other account: only this process sees the other id."""
    outer_user, outer_group = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{INNER_ID} {outer_user} 1"),
        ("gid_map", f"{INNER_ID} {outer_group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 starts fast
            file.write(line)
    os.setresgid(INNER_ID, INNER_ID, INNER_ID)
    os.setresuid(INNER_ID, INNER_ID, INNER_ID)


def become(identity: str) -> None:
    """Take on the identity: ourselves, ourselves in a namespace, or a user id."""
    if identity == IN_NAMESPACE:
        enter_namespace()
    elif identity != AS_SELF:
        os.setgroups([])
        os.setresgid(int(identity), int(identity), int(identity))
        os.setresuid(int(identity), int(identity), int(identity))


def die_with(parent: int, signal_number: int) -> None:
    """Ask the kernel for the signal; after the identity, because changing that clears it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if parent and os.getppid() != parent:
        sys.exit("The parent process is already gone.")


def main(parent: str, signal_number: str, identity: str, *command: str) -> None:
    """Replace this process with the command."""
    become(identity)
    die_with(int(parent), int(signal_number))
    os.execvp(command[0], command)  # noqa: S606 the command is ours


if __name__ == "__main__":
    main(*sys.argv[1:])
