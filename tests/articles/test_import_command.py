"""`manage.py import_articles`: what can be stored is stored, what cannot is named with its reason."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.articles.models import Article
from tests.personas import Team, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Team:
    return team()


def imported(*paths: Path) -> tuple[str, int]:
    """What the command says, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", "desk", *map(str, paths), "--user", "ann", stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue() + err.getvalue(), int(str(end.code))
    return out.getvalue() + err.getvalue(), 0


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({"text": "Second.", "title": "a\u0000b"}, "title"),
        ({"text": "Second.", "author": "a\ud800b"}, "author"),
        ({"text": "Second.", "language": "not a language"}, "language"),
        ({"text": "Second.", "published_on": "last Tuesday"}, "last Tuesday is no date"),
        ({"text": "Second.", "title": 7}, "title"),
        ({"text": "a\u0000b"}, "NUL"),
        ({"text": "First."}, "in the project already"),
        ({"title": "No text"}, "text"),
    ],
)
def test_one_bad_item_is_named_and_the_others_are_kept(
    at: Team, tmp_path: Path, item: dict[str, object], why: str
) -> None:
    file = tmp_path / "three.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in ({"text": "First."}, item, {"text": "Third."})))
    said, code = imported(file)
    assert why in said and "2 imported, 1 rejected." in said and code == 1
    assert set(Article.objects.values_list("text", flat=True)) == {"First.", "Third."}


def test_texts_and_pages_of_a_folder(at: Team, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes("\ufeffOne fell.\r\nTwo rose.".encode())
    (tmp_path / "two.html").write_text(
        "<html><head><title>A page</title></head><body><p>Three stood.</p></body></html>"
    )
    assert imported(tmp_path) == ("2 imported, 0 rejected.\n", 0)
    texts = set(Article.objects.values_list("text", flat=True))
    assert "One fell.\nTwo rose." in texts and any("Three stood." in text for text in texts)
    assert all(article.claims.exists() for article in Article.objects.all())
