"""How Chromium is started, by the browser tests and by the bench."""

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


def launch_options() -> dict[str, Any]:
    """The system's Chromium where there is one; else the one that playwright installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return {**({"executable_path": found} if found else {}), "args": ARGUMENTS}
