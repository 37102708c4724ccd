"""Licences that are often chosen: what other formats call them. Pure.

Names are those of SPDX; a licence that is not here is told in the words of whoever chose it.
"""

_CREATIVE_COMMONS = "https://creativecommons.org"
# By SPDX name: the address of the text, and what the Hugging Face hub calls it.
KNOWN = {
    "CC-BY-4.0": (f"{_CREATIVE_COMMONS}/licenses/by/4.0/", "cc-by-4.0"),
    "CC-BY-SA-4.0": (f"{_CREATIVE_COMMONS}/licenses/by-sa/4.0/", "cc-by-sa-4.0"),
    "CC-BY-NC-4.0": (f"{_CREATIVE_COMMONS}/licenses/by-nc/4.0/", "cc-by-nc-4.0"),
    "CC0-1.0": (f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/", "cc0-1.0"),
    "ODbL-1.0": ("https://opendatacommons.org/licenses/odbl/1-0/", "odbl"),
}


def address(name: str) -> str:
    """Where the licence stands, or its name where that is not known."""
    return KNOWN[name][0] if name in KNOWN else name


def hub_name(name: str) -> str:
    """The licence's word in a dataset card: `other` for one the hub does not know."""
    return KNOWN[name][1] if name in KNOWN else "other"
