#!/usr/bin/env python3
"""Entry point of every command; finds or starts the embedded servers of the home it is called for."""

import os
import sys


def main() -> None:
    """Run one management command with the environment it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    if sys.argv[1:2] == ["up"]:
        from workbench.local import up

        sys.exit(up.main(sys.argv[2:]))
    from workbench.local import prepared

    with prepared(sys.argv):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
