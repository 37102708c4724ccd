"""`up` among the management commands: manage.py runs it without Django, whose memory the supervisor does not need."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workbench.local import up


class Command(BaseCommand):
    """Starts, supervises and stops everything."""

    help = "Run the whole product in one home directory until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--home, --port, --no-sample."""
        up.add_arguments(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until a signal; the exit code says how it ended."""
        sys.exit(up.run(argparse.Namespace(**options)))
