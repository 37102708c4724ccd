"""The editor of units in Chromium: what is selected is what is stored, in every script; keys, undo, conflicts."""

import unicodedata

import pytest
from playwright.sync_api import Page, expect

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.services import dismiss_claim, write_proposition
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.browser.test_room import middle
from tests.factories.claims import Desk, desk, draft

# What is dragged over, and the line it stands in.
DRAGGED = {
    "emoji": ("🔥🔥 at", "A fire 🔥🔥 at the port."),
    "family": ("👨‍👩‍👧‍👦 fled", "A family 👨‍👩‍👧‍👦 fled at night."),
    "flags": ("🇮🇶🇺🇸", "Then 🇮🇶🇺🇸 met."),
    "skin tone": ("👋🏽 said", "He 👋🏽 said no."),
    "combining": ("Q\u0323\u0307o cafe\u0301", "The Q\u0323\u0307o cafe\u0301 closed."),
    "arabic": ("قُتِلَ شخصان", "أمس قُتِلَ شخصان في القائم."),
    "hebrew": ("שָׁלוֹם לכם", "אמר דובר: שָׁלוֹם לכם אמר."),
    "mixed": ("Reuters قالت", "According to Reuters قالت الوكالة."),
    "plain": ("two people", "Then two people left."),
}
SOME = ("emoji", "arabic", "plain")  # in `make test`; in `make soak` all, as test_selection has them in the room
DRAG = """
([line, words]) => {
  const place = [...document.getElementById("text").children].find((one) => one.textContent.trim() === line).firstChild;
  const at = place.data.indexOf(words);
  const edge = (from, to) => {
    const range = document.createRange();
    range.setStart(place, from);
    range.setEnd(place, to);
    return range.getClientRects();
  };
  const whole = edge(at, at + words.length)[0];
  const rtl = getComputedStyle(place.parentElement).direction === "rtl";
  const [left, right] = [whole.left + 0.5, whole.right - 0.5];
  const y = whole.top + whole.height / 2;
  return rtl ? [right, left, y] : [left, right, y];
}
"""


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def proposition(article: Article, exact: str) -> str:
    return Claim.objects.get(article=article, exact=exact).proposition


def units(article: Article) -> list[str]:
    return list(Claim.objects.filter(article=article).order_by("start").values_list("exact", flat=True))


def place(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


class TestSelecting:
    @pytest.mark.parametrize(
        "name", [pytest.param(name, marks=[] if name in SOME else pytest.mark.soak) for name in DRAGGED]
    )
    def test_what_is_selected_is_what_is_stored(self, at: Desk, windows: Windows, name: str) -> None:
        words, line = (normal(part) for part in DRAGGED[name])
        article = draft(at, line)
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.evaluate(
            """([line, words]) => {
              const place = [...document.querySelectorAll("#text > *")].find((one) => one.textContent.trim() === line);
              const at = place.firstChild.data.indexOf(words);
              getSelection().setBaseAndExtent(place.firstChild, at, place.firstChild, at + words.length);
            }""",
            [line, words],
        )
        page.keyboard.press("a")
        place(page, "of 2")
        expect(page.locator("#quote")).to_have_text(words, use_inner_text=True)
        added = Claim.objects.filter(article=article).exclude(exact=line).get()
        assert (added.exact, article.text[added.start : added.end]) == (words, words)

    @pytest.mark.parametrize("name", SOME)
    def test_a_drag_of_the_mouse_lands_on_the_same_characters(self, at: Desk, windows: Windows, name: str) -> None:
        words, line = (normal(part) for part in DRAGGED[name])
        article = draft(at, line)
        page = windows(at.ann, f"/articles/{article.pk}/")
        begin, end, y = page.evaluate(DRAG, [line, words])
        page.mouse.move(begin, y)
        page.mouse.down()
        page.mouse.move((begin + end) / 2, y, steps=4)
        page.mouse.move(end, y, steps=4)
        page.mouse.up()
        page.keyboard.press("a")
        place(page, "of 2")
        assert Claim.objects.filter(article=article, exact=words).exists(), units(article)

    def test_a_selection_over_several_lines_and_with_white_space(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell. ", " Two 🔥 rose.", "Three.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.evaluate(
            """() => {
              const [, one, two] = document.querySelectorAll("#text > *");
              getSelection().setBaseAndExtent(one, 0, two.nextSibling, 0);
            }"""
        )
        page.keyboard.press("a")
        place(page, "of 4")
        assert "One fell. \n Two 🔥 rose." in units(article)

    def test_nothing_selected_is_told_and_a_twin_as_well(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.keyboard.press("a")
        expect(page.get_by_role("alert")).to_have_text("Select some words in the text first.")
        page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('#text > *')[1])")
        page.keyboard.press("a")
        expect(page.get_by_role("alert")).to_contain_text("There is a claim from")
        assert units(article) == ["One fell."]

    def test_the_add_form_is_filled_by_selecting(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One 🔥 fell. One 🔥 fell.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.get_by_text("Add a unit").click()
        text = article.text
        page.evaluate(
            "at => getSelection().setBaseAndExtent(...[0, 12].flatMap((more) => "
            "[document.querySelectorAll('#text > *')[1].firstChild, at + more]))",
            13,
        )
        expect(page.get_by_label("Words, exactly as in the text")).to_have_value("One 🔥 fell.")
        page.get_by_role("button", name="Add", exact=True).click()
        place(page, "Unit 2 of 2")
        added = Claim.objects.filter(article=article).order_by("start")[1]
        assert (added.start, added.exact) == (text.rindex("One"), "One 🔥 fell.")


class TestKeys:
    def test_split_merge_trim_dismiss_and_take_back(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One 🔥 fell. Two rose.", "Three stood “up”.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.mouse.click(middle(page, "Two")[0], middle(page, "Two")[1])
        page.keyboard.press("s")
        place(page, "Unit 1 of 3")
        assert [unit.split()[0] for unit in units(article)][1:] in (["Two", "Three"], ["wo", "Three"], ["o", "Three"])
        page.keyboard.press("m")
        place(page, "Unit 1 of 2")
        assert units(article)[0] == "One 🔥 fell. Two rose."
        page.keyboard.press("j")
        for key in "}}{":
            page.keyboard.press(key)
        expect(page.locator("#saved")).to_have_text("saved")
        expect(page.locator("#quote")).to_have_text("stood “up")
        assert units(article)[1] == "stood “up"
        page.keyboard.press("d")
        place(page, "Unit 1 of 1")
        expect(page.get_by_role("alert")).to_contain_text("Dismissed “stood “up”.")
        page.keyboard.press("z")
        place(page, "Unit 2 of 2")
        assert units(article)[1] == "stood “up"

    def test_the_proposition_is_saved_while_it_is_typed(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "He fell.", "She rose.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.keyboard.press("e")
        page.keyboard.press("Control+A")
        page.keyboard.type("Ann Orlu fell, d m s j k.")
        expect(page.locator("#saved")).to_have_text("saved")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(page.get_by_label("Proposition")).to_have_value("She rose.")
        page.keyboard.press("k")
        expect(page.get_by_label("Proposition")).to_have_value("Ann Orlu fell, d m s j k.")
        assert Claim.objects.get(article=article, exact="He fell.").proposition == "Ann Orlu fell, d m s j k."

    def test_ticked_units_are_merged(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One.", "Two.", "Three.", "Four.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        for number in (1, 2, 3):
            page.get_by_role("checkbox", name="Tick to merge").nth(number).check()
        page.get_by_role("button", name="Merge the ticked").click()
        place(page, "Unit 2 of 2")
        assert units(article) == ["One.", "Two.\nThree.\nFour."]

    def test_keys_that_come_faster_than_the_answers_are_done_in_turn(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell.", "Two.", "Three.", "Four.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.evaluate("[...'}mmjd'].forEach((key) => document.dispatchEvent(new KeyboardEvent('keydown', { key })))")
        place(page, "Unit 1 of 1")
        assert units(article) == ["One fell.\nTwo.\nThree."]

    def test_somebody_else_changed_the_unit_meanwhile(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell hard.", "Two.")
        page = windows(at.ann)
        page.route("**/events/**", lambda route: route.abort())  # else it shows by itself
        page.goto(f"/articles/{article.pk}/")
        one = Claim.objects.get(article=article, exact="One fell hard.")
        write_proposition(at.ann, claim_id=one.pk, proposition="Theirs.", version=one.version)
        page.keyboard.press("{")
        expect(page.get_by_role("alert")).to_contain_text("Somebody else changed this unit meanwhile.")
        expect(page.get_by_label("Proposition")).to_have_value("Theirs.")
        expect(page.locator("#quote")).to_have_text("One fell hard.")
        page.keyboard.press("{")
        expect(page.locator("#quote")).to_have_text("fell hard.")
        expect(page.locator("#saved")).to_have_text("saved")
        assert units(article)[0] == "fell hard."

    def test_without_a_connection_the_unit_goes_back_and_it_is_told(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell hard.", "Two.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.context.set_offline(True)
        page.keyboard.press("{")
        expect(page.get_by_role("alert")).to_contain_text("Not connected")
        expect(page.locator("#quote")).to_have_text("One fell hard.")
        page.keyboard.press("m")
        expect(page.get_by_role("alert")).to_contain_text("Not connected")
        assert units(article) == ["One fell hard.", "Two."]

    def test_the_first_unit_of_an_empty_article(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.keyboard.press("d")
        expect(page.get_by_role("alert")).to_contain_text("Dismissed")
        page.reload()
        page.mouse.dblclick(*middle(page, "fell"))
        page.keyboard.press("a")
        place(page, "Unit 1 of 1")
        assert units(article) == ["fell"]

    def test_opening_leads_into_the_room(self, at: Desk, windows: Windows) -> None:
        article = draft(at)
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.get_by_text("Open for labelling…").click()
        page.get_by_role("button", name="Open for labelling", exact=True).click()
        expect(page.get_by_text("Labelling has begun.")).to_be_visible()
        place(page, "Claim 1 of 5")


class TestNothingIsLost:
    @pytest.mark.parametrize(("button", "kept"), [("Save mine", "Mine."), ("Discard mine", "Theirs.")])
    def test_what_two_wrote_is_a_choice(self, at: Desk, windows: Windows, button: str, kept: str) -> None:
        article = draft(at, "One fell.", "Two.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        field = page.get_by_label("Proposition")
        one = Claim.objects.get(article=article, exact="One fell.")
        field.focus()  # where somebody types nothing changes under the hands
        write_proposition(at.ann, claim_id=one.pk, proposition="Theirs.", version=one.version)
        field.fill("Mine.")
        expect(page.locator("#their-text")).to_have_text("Theirs.")
        expect(field).to_have_value("Mine.")
        assert unlooked(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        expect(page.get_by_text("A proposition is not stored yet")).to_be_visible()
        assert proposition(article, "One fell.") == "Theirs."
        page.get_by_role("button", name=button).click()
        expect(page.locator("#unstored")).to_be_hidden()
        expect(field).to_have_value(kept)
        expect(page.locator("#saved")).to_have_text("saved" if kept == "Mine." else "")
        assert page.evaluate("localStorage.length") == 0
        assert proposition(article, "One fell.") == kept

    def test_what_was_typed_on_a_unit_that_is_gone_is_shown(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell.", "Two.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.get_by_label("Proposition").focus()
        dismiss_claim(at.ann, claim_id=Claim.objects.get(article=article, exact="One fell.").pk)
        page.get_by_label("Proposition").fill("Ann fell.")
        expect(page.locator("#why")).not_to_be_empty()
        page.keyboard.press("Escape")
        expect(page.locator("#orphan-text")).to_have_text("Ann fell.")
        place(page, "Unit 1 of 1")
        page.get_by_role("button", name="Discard", exact=True).click()
        expect(page.locator("#orphan")).to_be_hidden()
        assert page.evaluate("localStorage.length") == 0

    def test_without_a_connection_it_is_kept_over_moves_and_closed_tabs(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell.", "Two.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.context.set_offline(True)
        page.get_by_label("Proposition").fill("Ann fell.")
        expect(page.get_by_text("Not connected. What you type is kept in this browser")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(page.get_by_label("Proposition")).to_have_value("Two.")
        page.keyboard.press("k")
        expect(page.get_by_label("Proposition")).to_have_value("Ann fell.")
        with page.expect_event("close"):
            page.close(run_before_unload=True)
        assert asked == ["beforeunload"]

        page.context.set_offline(False)
        again = page.context.new_page()
        again.goto(f"/articles/{article.pk}/")
        expect(again.locator("#saved")).to_have_text("saved")
        expect(again.get_by_label("Proposition")).to_have_value("Ann fell.")
        assert proposition(article, "One fell.") == "Ann fell."

    def test_words_that_wait_go_with_a_trim_of_the_same_unit(self, at: Desk, windows: Windows) -> None:
        article = draft(at, "One fell hard.", "Two.")
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.get_by_label("Proposition").fill("Ann fell.")
        page.keyboard.press("Escape")
        page.keyboard.press("{")
        expect(page.locator("#saved")).to_have_text("saved")
        page.keyboard.press("j")
        place(page, "Unit 2 of 2")
        assert proposition(article, "fell hard.") == "Ann fell."
        expect(page.locator("#unstored")).to_be_hidden()


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_every_page_of_articles_is_accessible_and_fits(at: Desk, windows: Windows, width: int, dark: bool) -> None:
    article = draft(at, *(line for _, line in DRAGGED.values()))
    page = windows(at.ann, width=width, dark=dark)
    found = {}
    for path in (
        "/projects/desk/articles/",
        "/projects/desk/articles/new/",
        "/projects/desk/queue/",
        f"/articles/{article.pk}/",
        f"/articles/{article.pk}/provenance/",
    ):
        page.goto(path)
        found[path] = unlooked(page)
    page.goto(f"/articles/{article.pk}/")
    page.get_by_text("Open for labelling…").click()
    found["opening"] = unlooked(page)
    page.get_by_role("button", name="Open for labelling", exact=True).click()
    page.goto("/projects/desk/queue/")
    found["queue"] = unlooked(page)
    page.goto(f"/articles/{article.pk}/")
    page.get_by_text("For managers").click()
    page.get_by_role("button", name="Close labelling of “The bridge”").click()
    found["reading"] = unlooked(page)
    assert {where: what for where, what in found.items() if what} == {}


def normal(text: str) -> str:
    """The text as it is stored."""
    return unicodedata.normalize("NFC", text)
