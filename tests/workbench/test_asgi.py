"""The served application refuses what would make it unsafe."""

import os
import subprocess
import sys


def test_it_is_not_served_under_the_key_that_everybody_knows() -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("SECRET_KEY", "WORKBENCH_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", "import workbench.asgi"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1 and "Set SECRET_KEY" in done.stderr
