"""Pages of importing an article and editing its units, in a browser without scripts."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from annotations.articles.models import Article
from annotations.claims.models import Claim
from tests.factories.claims import Desk, desk, draft
from tests.personas import Person

pytestmark = pytest.mark.django_db

NEW = "/projects/desk/articles/new/"
TEXT = "The bridge 🌉 fell on Tuesday. “It was old,” said Réna.\r\nA heading\r\nNobody was hurt."


@pytest.fixture
def at() -> Desk:
    return desk()


@pytest.fixture
def ann(at: Desk) -> Client:
    return Person(at.ann).browser


def units(article: Article) -> list[str]:
    return [claim.exact for claim in Claim.objects.filter(article=article).order_by("start")]


def unit(article: Article, place: int = 0) -> Claim:
    return Claim.objects.filter(article=article).order_by("start")[place]


class TestImport:
    def test_a_pasted_text_is_stored_with_its_units_and_leads_to_the_editor(self, ann: Client) -> None:
        answer = ann.post(NEW, {"text": TEXT, "title": "Bridge", "published_on": "2026-11-03", "language": ""})
        article = Article.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/articles/{article.pk}/")
        assert article.text == TEXT.replace("\r\n", "\n")
        assert (article.title, str(article.published_on), article.language) == ("Bridge", "2026-11-03", "en")
        assert units(article)[0] == "The bridge 🌉 fell on Tuesday."
        for claim in article.claims.all():
            assert article.text[claim.start : claim.end] == claim.exact
        page = ann.get(answer["Location"]).content.decode()
        assert "Stored, with 4 proposed units." in page and "Open for labelling" in page

    def test_the_page_says_what_missing_provenance_leaves_open(self, ann: Client) -> None:
        page = ann.get(NEW).content.decode()
        for word in ("address", "date", "publisher", "author"):
            assert f"Without a{'n' if word[0] in 'a' else ''} {word}" in page

    @pytest.mark.parametrize(
        ("text", "told", "status"),
        [
            ("", "Paste the article’s text, or choose a file.", 400),
            (" \n ", "Paste the article’s text, or choose a file.", 400),
            ("One\0two", "NUL character at position 3", 400),
            ("x" * (5 * 1024 * 1024), "too large", 413),
        ],
    )
    def test_a_text_that_cannot_be_stored_keeps_everything_typed(
        self, ann: Client, text: str, told: str, status: int
    ) -> None:
        answer = ann.post(NEW, {"text": text, "title": "Typed <title>", "author": "Réna", "language": "ar"})
        page = answer.content.decode()
        assert answer.status_code == status
        assert told.replace("’", "'") in page.replace("&#x27;", "'").replace("’", "'")
        assert (
            'value="Typed &lt;title&gt;"' in page and 'value="Réna"' in page and '<option value="ar" selected>' in page
        )
        assert not Article.objects.exists()

    def test_the_same_text_twice_points_to_the_first(self, ann: Client) -> None:
        ann.post(NEW, {"text": TEXT, "title": "First"})
        answer = ann.post(NEW, {"text": TEXT, "title": "Second"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert f'href="/articles/{Article.objects.get().pk}/"' in page and "“First”" in page
        assert 'value="Second"' in page and escape("“It was old,” said Réna.") in page

    @pytest.mark.parametrize("body", [TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("utf-16")])
    def test_a_file_is_read_as_bytes(self, ann: Client, body: bytes) -> None:
        answer = ann.post(NEW, {"file": SimpleUploadedFile("a.txt", body), "text": ""})
        assert answer.status_code == 302
        assert Article.objects.get().text == TEXT.replace("\r\n", "\n")

    def test_a_file_that_is_no_text_is_refused(self, ann: Client) -> None:
        answer = ann.post(NEW, {"file": SimpleUploadedFile("a.txt", b"caf\xe9 closed"), "title": "Kept"})
        assert answer.status_code == 400
        assert "not valid UTF-8 at byte 3" in answer.content.decode() and 'value="Kept"' in answer.content.decode()

    def test_a_file_is_shown_as_text_where_another_field_is_wrong(self, ann: Client) -> None:
        file = SimpleUploadedFile("a.txt", b"From the file.")
        page = ann.post(NEW, {"file": file, "text": "", "url": "nowhere"}).content.decode()
        assert ">\nFrom the file.</textarea>" in page

    def test_text_and_file_together_are_refused(self, ann: Client) -> None:
        file = SimpleUploadedFile("a.txt", b"One.")
        assert "Send one of the two" in ann.post(NEW, {"text": "Two.", "file": file}).content.decode()


class TestEditor:
    def test_every_action_by_plain_forms(self, at: Desk, ann: Client) -> None:
        article = draft(at, "One fell. Two rose.", "Three stood.", "Four ran.")
        first = unit(article)
        cut = article.text.index("Two")
        split = ann.post(f"/claims/{first.pk}/split/", {"at": cut, "version": first.version})
        assert split.status_code == 302
        assert units(article)[:2] == ["One fell.", "Two rose."]
        assert f"unit={unit(article).pk}" in split["Location"]
        ann.post(f"/articles/{article.pk}/merge/", {"claims": [unit(article, 1).pk, unit(article, 2).pk]})
        assert units(article) == ["One fell.", "Two rose.\nThree stood.", "Four ran."]
        last = unit(article, 2)
        ann.post(f"/claims/{last.pk}/span/", {"start": last.start + 5, "end": last.end, "version": last.version})
        assert units(article)[2] == "ran."
        ann.post(f"/claims/{last.pk}/proposition/", {"proposition": "Four people ran.", "version": last.version + 1})
        assert unit(article, 2).proposition == "Four people ran."
        ann.post(f"/articles/{article.pk}/claims/", {"exact": "Report number", "before": ""})
        assert units(article)[0] == "Report number"

    def test_dismissing_offers_to_take_it_back_once(self, at: Desk, ann: Client) -> None:
        article = draft(at)
        gone = unit(article, 1)
        assert Claim.objects.filter(pk=gone.pk).update(kind="heading")
        answer = ann.post(f"/claims/{gone.pk}/dismiss/")
        assert len(units(article)) == 4
        assert f"unit={unit(article, 1).pk}" in answer["Location"]
        page = ann.get(f"/articles/{article.pk}/").content.decode()
        assert "Dismissed:" in page and f'name="start" value="{gone.start}"' in page
        assert "Dismissed:" not in ann.get(f"/articles/{article.pk}/").content.decode()
        assert 'name="kind" value="heading"' in page
        back = {"start": gone.start, "end": gone.end, "kind": "heading", "proposition": "Said by the mayor."}
        ann.post(f"/articles/{article.pk}/claims/", back)
        taken_back = unit(article, 1)
        assert units(article)[1] == gone.exact
        assert (taken_back.proposition, taken_back.kind) == ("Said by the mayor.", "heading")

    def test_the_current_unit_has_its_words_to_cut_and_trim_at(self, at: Desk, ann: Client) -> None:
        article = draft(at, "One 🔥 fell.")
        one = unit(article)
        page = ann.get(f"/articles/{article.pk}/?unit={one.pk}").content.decode()
        cuts = re.findall(r'<option value="(\d+)" dir="auto">([^<]+)', page)
        for offset, word in cuts[:2]:
            assert article.text[: int(offset)].endswith(word)
        assert [word for _, word in cuts] == ["One", "🔥", "One", "🔥", "fell.", "One", "🔥", "fell."]

    @pytest.mark.parametrize(
        ("action", "data", "status", "told"),
        [
            ("split", {"at": 0}, 400, "not inside the span"),
            ("split", {"at": "x"}, 400, "no number"),
            ("span", {"start": 0, "end": 999_999}, 400, "outside the text"),
            ("span", {"start": 0, "end": 5, "version": 77}, 412, "changed this claim meanwhile"),
            ("proposition", {"proposition": "Typed <here>", "version": 77}, 412, "Typed &lt;here&gt;"),
        ],
    )
    def test_a_refused_action_is_told_in_the_editor(
        self, at: Desk, ann: Client, action: str, data: dict[str, object], status: int, told: str
    ) -> None:
        article = draft(at)
        one = unit(article)
        answer = ann.post(f"/claims/{one.pk}/{action}/", {"version": one.version, **data})
        assert answer.status_code == status
        assert told in answer.content.decode() and 'role="alert"' in answer.content.decode()
        assert units(article)[0] == one.exact

    def test_merging_one_or_nonsense_is_told(self, at: Desk, ann: Client) -> None:
        article = draft(at)
        for claims in ([unit(article).pk], ["nonsense"], []):
            assert ann.post(f"/articles/{article.pk}/merge/", {"claims": claims}).status_code == 400
        assert len(units(article)) == 5

    def test_words_that_stand_nowhere_or_twice_are_told_and_kept(self, at: Desk, ann: Client) -> None:
        article = draft(at, "One fell. One fell.")
        nowhere = ann.post(f"/articles/{article.pk}/claims/", {"exact": "Ten fell."})
        assert nowhere.status_code == 400
        assert (
            "does not stand in the text" in nowhere.content.decode()
            and "Ten fell.</textarea>" in nowhere.content.decode()
        )
        assert "stands at 2 places" in ann.post(f"/articles/{article.pk}/claims/", {"exact": "fell"}).content.decode()
        second = ann.post(f"/articles/{article.pk}/claims/", {"exact": "One fell.", "before": "One fell. "})
        assert second.status_code == 302
        assert unit(article, 1).start == article.text.rindex("One")

    def test_opening_names_who_will_be_missing_and_locks(self, at: Desk, ann: Client) -> None:
        article = draft(at)
        page = ann.get(f"/articles/{article.pk}/").content.decode()
        assert "Opening locks every unit" in page
        ann.post(f"/articles/{article.pk}/open/")
        assert Article.objects.get(pk=article.pk).status == "open"
        one = unit(article)
        refused = ann.post(f"/claims/{one.pk}/split/", {"at": one.start + 4, "version": one.version})
        assert (refused.status_code, len(units(article))) == (409, 5)

    def test_an_article_without_units_is_not_opened(self, at: Desk, ann: Client) -> None:
        article = draft(at, "One fell.")
        ann.post(f"/claims/{unit(article).pk}/dismiss/")
        answer = ann.post(f"/articles/{article.pk}/open/")
        assert (answer.status_code, "no units yet" in answer.content.decode()) == (409, True)
        assert ann.get(f"/articles/{article.pk}/").status_code == 200

    def test_a_reviewer_reads_the_draft_and_a_viewer_does_not(self, at: Desk) -> None:
        article = draft(at)
        page = Person(at.ben).browser.get(f"/articles/{article.pk}/").content.decode()
        assert "a manager is preparing its units" in page and "<form" not in page.split("<main")[1].split("</main")[0]
        assert Person(at.vic).browser.get(f"/articles/{article.pk}/").status_code == 404

    def test_a_manager_adds_a_missed_claim_to_an_opened_article(self, at: Desk, ann: Client) -> None:
        article = draft(at)
        ann.post(f"/articles/{article.pk}/open/")
        answer = ann.post(f"/articles/{article.pk}/claims/", {"exact": "Report number"})
        missed = unit(article)
        assert (missed.exact, missed.status) == ("Report number", "labelling")
        assert answer["Location"] == f"/articles/{article.pk}/?claim={missed.pk}"


def test_the_text_on_the_page_is_the_stored_text(at: Desk, ann: Client) -> None:
    article = draft(at, "<b>&amp; “x” 👨‍👩‍👧‍👦", "\tقال  e\u0301\u00a0", "\u2028x \x0b y")
    page = ann.get(f"/articles/{article.pk}/").content.decode()
    inside = re.search(r'<div class="article"[^>]*>(.*?)</div>', page, re.S)
    assert inside
    plain = re.sub(r"</?(?:p|h2)(?: [^>]*)?>", "", inside[1])
    assert plain == escape(article.text)
