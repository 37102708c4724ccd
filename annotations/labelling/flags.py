"""Flags: a second layer that does not touch the label. Pure."""

from typing import Any

from annotations.messages import Refusal
from annotations.messages import gettext as _

FLAGS = (
    "loaded_language",
    "anonymous_source",
    "quote_altered",
    "source_mismatch",
    "scare_quotes",
    "weasel_words",
    "compound",
    "missing_context",
)


class FlagError(Refusal):
    """Something that is no list of flags; the message says what to send. `code` is one of `list`, `span`, `flag`."""


def checked_flags(given: Any) -> list[Any]:
    """The flags as stored: a word, or `{flag, start, end}` (code points of the article). FlagError otherwise."""
    if not isinstance(given, list) or len(given) > 50:
        raise FlagError("list", _("Send a list of at most 50 flags."))
    flags = [_checked(flag) for flag in given]
    return [flag for place, flag in enumerate(flags) if flag not in flags[:place]]


def _checked(flag: Any) -> Any:
    if flag in FLAGS if isinstance(flag, str) else False:
        return flag
    if isinstance(flag, dict) and flag.get("flag") in FLAGS and set(flag) <= {"flag", "start", "end"}:
        start, end = flag.get("start"), flag.get("end")
        if start is None and end is None:
            return flag["flag"]
        if type(start) is int and type(end) is int and 0 <= start < end:
            return {"flag": flag["flag"], "start": start, "end": end}
        message = _("A flag's sub-span is start and end in code points of the article, start before end.")
        raise FlagError("span", message)
    raise FlagError("flag", _("A flag is one of %(flags)s.", flags=", ".join(FLAGS)))
