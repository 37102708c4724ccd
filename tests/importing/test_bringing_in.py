"""Files of other tools through the API: looked at, brought in by a job, once and again."""

import json
import tarfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotations.articles.models import Article
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.importing import running, tasks
from annotations.importing.models import Import
from annotations.jobs.models import Job
from annotations.labelling.models import Label
from annotations.verification.source_models import Source
from tests.importing import files
from tests.importing.asking import bring, claims, look, send
from tests.importing.files import FACT, OPINION, SAID, TEXT
from tests.personas import Team

pytestmark = pytest.mark.django_db
COUNTS = ("articles", "articles_here", "claims", "claims_here", "sources", "sources_here", "rejected")


def counts(told: Any) -> list[int]:
    return [told[name] for name in COUNTS]


def nothing_written() -> bool:
    rows = (Article, Claim, Import, Job, Source)
    return not any(model.objects.exists() for model in rows)


def test_a_dry_run_tells_all_and_writes_nothing(at: Team) -> None:
    broken = files.region(FACT, "Fact", key="bad", end=9)
    body = files.label_studio(files.task(), files.task(2, f"More. {TEXT}", annotations=[{"id": 1, "result": [broken]}]))
    told = look(at, body)
    assert told["format"] == "label_studio"
    assert counts(told) == [2, 0, 3, 0, 0, 0, 3]
    assert told["labels"] == {
        "read": 4,
        "names": [
            {"name": "Fact", "means": "verifiable_fact", "count": 2},
            {"name": "Opinion", "means": "opinion", "count": 1},
            {"name": "Quote", "means": "attributed_statement", "count": 1},
        ],
        "annotators": [{"name": "3", "count": 2}, {"name": "eva@example.org", "count": 2}],
    }
    assert [row["claims"] for row in told["preview"]] == [3, 0]
    assert "task 2, region bad" in [error["item"] for error in told["errors"]]
    assert "not made blind here" in told["notes"][0]
    assert nothing_written()


def test_the_same_file_then_makes_what_was_told(at: Team) -> None:
    body = files.label_studio()
    told = look(at, body)
    job = bring(at, body, name="lage.json")
    assert job["state"] == "succeeded", job
    assert counts(job["result"]) == counts(told)
    assert claims(at) == {"Zur Lage": [SAID, FACT, OPINION]}
    article = Article.objects.get()
    assert (article.text, article.url, article.status) == (TEXT, "https://paper.example/lage", "draft")
    assert set(Claim.objects.values_list("status", flat=True)) == {"draft"}
    assert not Label.objects.exists()
    kept = Import.objects.get()
    event = Event.objects.get(verb="import.done")
    assert (event.data["blind"], event.data["sha256"], event.data["file"]) == (False, kept.sha256, "lage.json")
    assert event.data["claims"] == 3 and "Fact" not in json.dumps(event.data) and "eva" not in json.dumps(event.data)
    assert {error["item"] for error in job["errors"]} == {"task 1", "labels"}


def test_the_same_file_again_makes_nothing(at: Team) -> None:
    bring(at, files.label_studio())
    assert counts(look(at, files.label_studio()))[:4] == [0, 1, 0, 3]
    again = bring(at, files.label_studio())
    assert counts(again["result"])[:4] == [0, 1, 0, 3]
    assert Article.objects.count() == 1 and Claim.objects.count() == 3


def test_two_tasks_of_one_text_are_one_article(at: Team) -> None:
    one = files.task(1, annotations=[{"id": 1, "completed_by": 1, "result": [files.region(FACT, "Fact")]}])
    two = files.task(2, annotations=[{"id": 2, "completed_by": 2, "result": [files.region(OPINION, "Opinion")]}])
    assert counts(look(at, files.label_studio(one, two)))[:3] == [1, 0, 2]
    assert counts(bring(at, files.label_studio(one, two))["result"])[:3] == [1, 0, 2]
    assert claims(at) == {"Zur Lage": [FACT, OPINION]}


def test_an_article_that_was_opened_keeps_its_units(at: Team) -> None:
    at.opened(TEXT, [FACT])
    told = look(at, files.label_studio())
    assert counts(told)[:4] == [0, 1, 0, 1]
    assert "2 claims: their article has left the draft" in json.dumps(told["errors"])
    bring(at, files.label_studio())
    assert Claim.objects.count() == 1


def test_an_article_that_is_opened_meanwhile_keeps_its_units(at: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    new = {"text": TEXT, "language": "de"}
    article = at.ann.api("POST", "projects/desk/articles/", new, want=201)["id"]
    before = Claim.objects.count()
    plan = running.Planner.steps

    def steps(planner: Any, reads: Any) -> Any:
        for step in plan(planner, reads):
            at.ann.api("POST", f"articles/{article}/open/")
            yield step

    monkeypatch.setattr(running.Planner, "steps", steps)
    span = [*files.points(TEXT, "bridge"), "fact"]
    job = bring(at, json.dumps({"text": TEXT, "label": [span]}).encode())
    assert Claim.objects.count() == before and job["result"]["claims"] == 0
    assert "has been opened" in json.dumps(job["errors"])


def test_labels_can_be_named_and_spans_left_out(at: Team) -> None:
    told = look(at, files.label_studio(), labels={"Opinion": None, "Fact": "opinion"})
    assert (told["claims"], told["left_out"]) == (2, 1)
    assert told["labels"]["names"][0] == {"name": "Fact", "means": "opinion", "count": 2}
    refused = send(at.ann, files.label_studio(), want=400, labels={"Fact": "true"})
    assert "labels" in refused["errors"]
    bring(at, files.label_studio(), labels={"Opinion": None})
    assert claims(at) == {"Zur Lage": [SAID, FACT]}


def test_offsets_that_count_something_else(at: Team) -> None:
    start = len(TEXT[: TEXT.index(FACT)].encode())
    span = [start, start + len(FACT), "fact"]
    body = json.dumps({"text": TEXT, "label": [span]}).encode()
    assert look(at, body)["rejected"] == 1
    assert counts(look(at, body, unit="utf8_byte"))[2] == 1
    bring(at, body, unit="utf8_byte")
    assert Claim.objects.get().exact == FACT


def test_hypothesis_needs_the_article_and_finds_it_by_its_address(at: Team) -> None:
    body = files.hypothesis(files.annotation(FACT), files.annotation("Not there at all.", id="gone"))
    assert "Bring its text in first" in look(at, body)["errors"][0]["detail"]
    new = {"text": TEXT, "segment": False, "language": "de", "url": "http://www.paper.example/lage/", "title": "Lage"}
    at.ann.api("POST", "projects/desk/articles/", new, want=201)
    job = bring(at, body)
    assert counts(job["result"])[:4] == [0, 1, 1, 0]
    assert {"item": "row gone", "detail": "The quote does not stand in the text, character for character."} in (
        job["errors"]
    )
    assert claims(at) == {"Lage": [FACT]}


def test_reviews_become_sources_and_mark_the_text_they_speak_of(at: Team) -> None:
    new = {"text": TEXT, "segment": False, "language": "de", "url": "https://paper.example/lage", "title": "Lage"}
    at.ann.api("POST", "projects/desk/articles/", new, want=201)
    body = json.dumps(
        [files.claim_review(), files.claim_review(url="javascript:alert(1)", datePublished="soon")]
    ).encode()
    told = look(at, body)
    job = bring(at, body)
    assert counts(job["result"]) == counts(told) == [0, 1, 1, 1, 2, 0, 2]
    first, second = Source.objects.order_by("created_at")
    assert (first.title, first.publisher, str(first.published_on)) == (f"False: {FACT}", "Checkers", "2026-03-02")
    assert (second.url, second.published_on) == ("", None)
    assert Claim.objects.get().proposition == FACT
    assert any("verdicts stay in the file" in error["detail"] for error in job["errors"])
    assert counts(bring(at, body)["result"])[4:6] == [0, 2]


@pytest.mark.parametrize(("body", "quotes"), [(files.cas(), [SAID, FACT]), (files.doccano(), [FACT, OPINION])])
def test_other_forms_are_brought_in_as_well(at: Team, body: bytes, quotes: list[str]) -> None:
    assert bring(at, body)["state"] == "succeeded"
    article = Article.objects.get(text=TEXT)
    assert list(article.claims.order_by("start").values_list("exact", flat=True)) == quotes


def test_a_table_about_an_article_by_its_id(at: Team) -> None:
    new = {"text": TEXT, "segment": False, "language": "de"}
    article = at.ann.api("POST", "projects/desk/articles/", new, want=201)["id"]
    start, end = files.points(TEXT, OPINION)
    body = f"article_id,start,end,exact,label,reviewer,proposition\n{article},{start},{end},{OPINION},opinion,x,Ugly."
    assert bring(at, body.encode())["state"] == "succeeded"
    assert (Claim.objects.get().exact, Claim.objects.get().proposition) == (OPINION, "Ugly.")
    other = f"article_id,exact\n01900000-0000-7000-8000-000000000000,{OPINION}\nnonsense,{OPINION}".encode()
    assert look(at, other)["rejected"] == 2


def test_provenance_that_cannot_be_stored_is_left_aside_alone(at: Team) -> None:
    data = {"text": TEXT, "title": "x" * 501, "url": "not an address", "published_on": "2999-01-01", "language": "!!"}
    job = bring(at, files.label_studio(files.task(data=data)))
    assert counts(job["result"])[:3] == [1, 0, 3]
    assert len([error for error in job["errors"] if "cannot be stored" in error["detail"]]) == 4


def test_who_may_not_import_is_refused(at: Team) -> None:
    send(at.ben, files.label_studio(), want=403)
    send(at.ben, files.label_studio(), want=403, dry_run="true")
    assert nothing_written()


def test_a_job_that_was_cancelled_makes_no_more(at: Team) -> None:
    job = send(at.ann, files.label_studio())["job"]
    at.ann.api("DELETE", f"jobs/{job}/")
    tasks.bring_in(job)
    assert not Article.objects.exists()


def test_a_delivered_job_runs_once(at: Team) -> None:
    job = send(at.ann, files.label_studio())["job"]
    for _ in range(3):
        tasks.bring_in(job)
    assert Event.objects.filter(verb="import.done").count() == 1


def test_the_command_looks_and_brings_in(at: Team, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(files.label_studio())
    call_command("import_annotations", "desk", str(path), "--dry-run")
    assert "1 article, 3 claims" in capsys.readouterr().out
    assert nothing_written()
    with pytest.raises(SystemExit):  # something was left aside
        call_command("import_annotations", "desk", str(path), "--format", "label_studio")
    out = capsys.readouterr()
    assert "1 article, 3 claims" in out.out and "task 1: 1 prediction" in out.err
    assert claims(at) == {"Zur Lage": [SAID, FACT, OPINION]}


def test_nothing_of_the_labels_reaches_anybody_before_labelling_has_closed(at: Team) -> None:
    job = bring(at, files.label_studio())
    assert job["result"]["labels"]["read"] == 4
    [article] = at.ann.every("projects/desk/articles/")
    at.ann.api("POST", f"articles/{article['id']}/open/")
    claims = at.ben.every(f"articles/{article['id']}/claims/")
    keys = [claim["id"] for claim in claims]
    for person in (at.ben, at.ann):
        answers = [person.every(f"claims/{key}/{what}/") for key in keys for what in ("labels", "outside-labels")]
        assert answers == [[]] * 6
        paths = [f"/articles/{article['id']}/", "/projects/desk/log/", *(f"/claims/{key}/" for key in keys)]
        seen = "".join(person.browser.get(path).content.decode() for path in paths)
        seen += json.dumps(person.every("projects/desk/events/"))
        assert FACT in seen and "eva@example.org" not in seen and "Said in another tool" not in seen
    at.ben.api("GET", f"jobs/{send(at.ann, files.label_studio())['job']}/", want=404)


def test_closed_claims_show_what_was_said_elsewhere_and_count_none_of_it(at: Team) -> None:
    for _ in range(2):
        bring(at, files.label_studio())
    [article] = at.ann.every("projects/desk/articles/")
    at.ann.api("POST", f"articles/{article['id']}/open/")
    [claim] = [each for each in at.ben.every(f"articles/{article['id']}/claims/") if each["exact"] == FACT]
    for person in (at.ann, at.ben):
        person.api("PUT", f"claims/{claim['id']}/label/", {"label": "opinion"})
    at.ann.api("POST", f"articles/{article['id']}/close/")
    told = {"name": "Fact", "label": "verifiable_fact", "origin": "label_studio", "blind": False}
    wanted = [{"annotator": who, **told} for who in ("3", "eva@example.org")]
    assert at.ben.every(f"claims/{claim['id']}/outside-labels/") == wanted
    page = at.ben.browser.get(f"/claims/{claim['id']}/").content.decode()
    assert "Said in another tool" in page and "eva@example.org" in page
    assert [label["label"] for label in at.ben.every(f"claims/{claim['id']}/labels/")] == ["opinion", "opinion"]
    figures = at.ann.api("GET", "projects/desk/agreement/")["label"]
    assert (figures["n_labels"], figures["percent"]) == (2, 1.0)


def test_a_claim_whose_span_was_changed_is_no_longer_what_was_spoken_of(at: Team) -> None:
    bring(at, files.label_studio())
    claim = Claim.objects.get(exact=FACT)
    body = {"start": claim.start, "end": claim.end - 1}
    at.ann.api("PATCH", f"claims/{claim.pk}/", body, if_match='"1"')
    at.ann.api("POST", f"articles/{claim.article_id}/open/")
    at.ann.api("POST", f"articles/{claim.article_id}/close/")
    assert at.ann.every(f"claims/{claim.pk}/outside-labels/") == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_the_files(at: Team, tmp_path: Path) -> None:
    bring(at, files.label_studio())
    file = tmp_path / "backup.tar.gz"
    call_command("backup", str(file), stdout=StringIO(), stderr=StringIO())
    with tarfile.open(file) as archive:
        assert f"files/{Import.objects.get().sha256}" in archive.getnames()
