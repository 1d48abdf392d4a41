import os
import signal
import subprocess
import sys
import tempfile
from argparse import REMAINDER, ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring.local.console import Console
from mentoring.local.identity import launcher
from mentoring.local.launch import AS_SELF
from mentoring.local.place import Place, development_environment
from mentoring.local.processes import Children
from mentoring.local.stack import remove_sockets, start_services
from mentoring.local.trouble import Trouble


class Command(BaseCommand):
    help = (
        "Run a command with PostgreSQL and Valkey and their addresses in the environment:"
        " manage.py services -- ./manage.py shell. Beside a running “make run” it uses those."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--temporary", action="store_true", help="use an empty database and throw it away"
        )
        parser.add_argument("command", nargs=REMAINDER, help="-- and the command to run")

    def handle(self, *args: Any, **options: Any) -> None:
        command: list[str] = options["command"]
        command = command[command[:1] == ["--"] :] or [os.environ.get("SHELL", "/bin/sh")]
        try:
            with ExitStack() as stack:
                environment = self.environment(stack, temporary=options["temporary"])
                returncode = self.run(command, environment)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        sys.exit(returncode)

    def environment(self, stack: ExitStack, *, temporary: bool) -> dict[str, str]:
        """The environment for the command, with the services running until the stack ends."""
        place = Place.from_environment()
        if temporary:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-"))
            place = Place(Path(folder))
            stack.callback(remove_sockets, place.folder)
        elif place.is_held():
            return {**os.environ, **(place.recall("environment") or {})}
        stack.enter_context(place.held())
        children = stack.enter_context(Children(Console(quiet=True)))
        children.listen()
        given = development_environment(place, host="127.0.0.1", port=8000, given=os.environ)
        services = start_services(children, place=place, given=given, durable=not temporary)
        return {**given, **services}

    def run(self, command: list[str], environment: dict[str, str]) -> int:
        """Run the command in this terminal; Ctrl-C is for it, not for us."""
        signal.signal(signal.SIGINT, lambda *_: None)
        front = launcher(signal_number=signal.SIGTERM, identity=AS_SELF)
        process = subprocess.Popen([*front, *command], env=environment)
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            raise
