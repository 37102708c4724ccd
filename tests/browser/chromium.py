"""How Chromium is started, by the browser tests and by the bench.

Its shell without windows comes first: the same engine, for a sixth less work.
"""

import shutil
from typing import Any

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")


def launch_options() -> dict[str, Any]:
    """The system's Chromium where there is one; else the one that playwright installed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return {**({"executable_path": found} if found else {}), "args": ARGUMENTS}
