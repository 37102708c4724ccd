"""`manage.py verify_snapshots`: whether every kept snapshot is what was received."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.snapshots.models import Snapshot
from annotations.snapshots.verifying import faults, strangers


class Command(BaseCommand):
    """Checks rows, texts and stored files; a line for each that was changed, and exit code 1."""

    help = "Check every snapshot: the seal of its row, its text, its stored file. Names each that was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all, and count."""
        checked = wrong = 0
        named: set[object] = set()
        for fault in faults():
            if fault is None:
                checked += 1
                continue
            if fault.snapshot not in named:
                named.add(fault.snapshot)
                checked += 1
            wrong += 1
            self.stdout.write(f"{fault.snapshot}: {fault.told}")
        known = set(Snapshot.objects.exclude(warc_sha256="").values_list("warc_sha256", flat=True))
        for name in strangers(known):
            wrong += 1
            self.stdout.write(f"{name}: the stored object was changed")
        if wrong:
            raise CommandError(f"{wrong} of what was kept was changed; {checked} snapshots checked.")
        self.stdout.write(f"{checked} snapshots are what was received.")
