"""Starts the product in a home of its own, measures it, prints the table, and leaves nothing behind."""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.bench.run import measure
from tests.bench.table import Table
from tests.bench.world import Sizes, World
from tests.product import Product


def main() -> None:
    """One run; --quick only shows that every step works."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny counts: shows that every step works, not how fast")
    sizes = Sizes.quick() if parser.parse_args().quick else Sizes()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="workbench-bench-"))
    folder.chmod(0o711)  # the servers' own account passes through
    try:
        product = Product(folder / "home")
        try:
            told = measure(World(product.started(), sizes), Table(_progress))
        finally:
            product.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{told}")


def _progress(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
