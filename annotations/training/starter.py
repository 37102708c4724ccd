"""The twelve gold claims that go with the default codebook."""

import json
from pathlib import Path
from typing import Any

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "starter.json").read_text(encoding="utf-8"))
