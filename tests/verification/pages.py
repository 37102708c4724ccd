"""How tests read the pages of checking: the texts of a page and of its sections, as they stand on it."""

import re
from typing import Any

from annotations.claims.models import Claim
from tests.factories.claims import Desk
from tests.personas import Person


def read(at: Desk, path: str, name: str = "ben", want: int = 200) -> str:
    answer = Person(at.people[name]).browser.get(path)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def post(at: Desk, path: str, name: str = "ben", want: int = 200, **data: Any) -> str:
    """The page after a form, and after its redirect."""
    answer = Person(at.people[name]).browser.post(path, data, follow=True)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def path_of(claim: Claim, act: str = "") -> str:
    return f"/claims/{claim.pk}/{act}"


def main(page: str) -> str:
    return page.split('id="content"')[1].split("<footer", maxsplit=1)[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" ,", ",").replace(" .", ".")


def section(page: str, name: str) -> str:
    """The text of the panel of an aspect, or of another section."""
    return words(page.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0])


def masked(page: str) -> str:
    """The page without what differs from one request to the next."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
