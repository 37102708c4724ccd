"""The same in a browser without scripts: sent, looked at, brought in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.articles.models import Article
from annotations.importing import tasks
from annotations.importing.models import Import
from annotations.jobs.models import Job
from tests.importing import files
from tests.importing.asking import claims
from tests.importing.files import FACT, SAID
from tests.personas import Team

pytestmark = pytest.mark.django_db
NEW = "/projects/desk/imports/file/"


def upload(body: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("export.json", body)


def test_a_file_is_looked_at_and_then_brought_in(at: Team) -> None:
    assert NEW in at.ann.browser.get("/projects/desk/articles/new/").content.decode()
    sent = at.ann.browser.post(NEW, {"file": upload(files.label_studio()), "form": ""})
    assert sent.status_code == 302
    shown = at.ann.browser.get(sent.url).content.decode()
    for words in ("Label Studio JSON", "Zur Lage", "eva", "1 prediction", "not made blind here", 'value="Opinion"'):
        assert (words in shown) == (words != "eva"), words
    assert not Article.objects.exists() and not Job.objects.exists()
    begun = at.ann.browser.post(sent.url, {"without": ["Opinion"]})
    job = Job.objects.get()
    assert begun.url == f"/jobs/{job.pk}/"
    tasks.bring_in(str(job.pk))
    page = at.ann.browser.get(begun.url).content.decode()
    assert "1 article was made" in page and "2 claims were made" in page and "/projects/desk/articles/" in page
    assert claims(at) == {"Zur Lage": [SAID, FACT]}
    assert str(job.pk) in at.ann.browser.get(sent.url).content.decode()
    assert at.ann.browser.post(sent.url).status_code == 409


@pytest.mark.parametrize(
    ("body", "form", "words"),
    [
        (b"just words", "", "cannot be found out"),
        (b"[", "label_studio", "The file is not JSON"),
        (b"", "label_studio", "The file is empty"),
        (b"[]", "xml", "Select a valid choice"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(at: Team, body: bytes, form: str, words: str) -> None:
    answer = at.ann.browser.post(NEW, {"file": upload(body), "form": form})
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_zip_that_is_no_release_says_so_on_its_page(at: Team) -> None:
    sent = at.ann.browser.post(NEW, {"file": upload(b"PK\x03\x04 and no more"), "form": ""})
    page = at.ann.browser.get(sent.url).content.decode()
    assert "The zip is broken" in page and "Bring it in" not in page


def test_names_of_nothing(at: Team) -> None:
    sent = at.ann.browser.post(NEW, {"file": upload(files.label_studio())})
    assert at.ann.browser.post(sent.url, {"without": ["a\0"]}).status_code == 400
    assert at.ann.browser.post(sent.url, {"without": [str(n) for n in range(501)]}).status_code == 400


def test_nobody_else_sees_it(at: Team) -> None:
    sent = at.ann.browser.post(NEW, {"file": upload(files.label_studio())})
    assert at.ben.browser.get(NEW).status_code == 403
    assert at.ben.browser.get(sent.url).status_code == 404
