"""A claim's whole way, from the import of its article to a release and after, as its page tells it."""

import re

import pytest

from annotations.claims.models import Claim
from annotations.claims.opening import open_article
from annotations.claims.services import write_proposition
from annotations.labelling.services import close_article, save_label
from annotations.verification.moves import edit_proposition, move_claim
from annotations.verification.services import approve_verdict, remove_evidence, request_changes
from tests.factories.claims import (
    FACT,
    Desk,
    decided,
    desk,
    draft,
    evidence,
    fact,
    fresh,
    label,
    opened,
    proposal,
    said,
)
from tests.factories.releases import published
from tests.verification.pages import main, path_of, read, words

pytestmark = pytest.mark.django_db(transaction=True)  # a release is frozen in a transaction of its own


@pytest.fixture
def at() -> Desk:
    return desk()


def told(at: Desk, claim: Claim, name: str = "vic") -> list[str]:
    """The entries of the history, oldest first, without their times."""
    page = main(read(at, path_of(claim), name))
    listed = page.split('class="history"')[1].split("</ol>")[0]
    entries = [words(entry) for entry in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)]
    return [entry.partition(" UTC ")[2].replace(" :", ":") for entry in reversed(entries)]


def whole_way(at: Desk) -> Claim:
    """A claim that everything was done with."""
    claim = Claim.objects.get(article=draft(at, FACT))
    claim = write_proposition(at.ann, claim_id=claim.pk, proposition="A bridge fell.", version=claim.version)
    open_article(at.ann, article_id=claim.article_id)
    label(at, claim, ben="opinion", cleo=said("opinion", rationale="Loaded words."))
    label(at, claim, ben=said("verifiable_fact", rationale="A date and a place."))
    close_article(at.ann, article_id=claim.article_id)
    claim = decided(at, claim)
    edit_proposition(at.cleo, claim_id=claim.pk, proposition="A bridge fell on Tuesday.", version=claim.version)
    evidence(at, claim, note="Page 4.", title="The register")
    remove_evidence(at.cleo, evidence_id=evidence(at, claim, by="cleo", title="A rumour").pk)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Which Tuesday?")
    approve_verdict(at.dora, verdict_id=proposal(at, claim, explanation="The register names the third.").pk)
    published(at)
    move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Another bridge.")
    save_label(at.cleo, claim_id=claim.pk, content=said("verifiable_fact"))
    return fresh(claim)


WAY = [
    r"ann imported an article The bridge: \d+ characters article",
    r"ann added a unit The bridge at Kalda .+",
    r"ann wrote a proposition .*A bridge fell\.",
    r"ann opened an article for labelling: 1 claim article",
    r"ben saved a label: opinion labels",
    r"cleo saved a label: opinion labels Loaded words\.",
    r"ben saved a label: opinion → verifiable fact labels A date and a place\.",
    r"ann ended labelling of a claim labelling → disputed",
    r"ann ended labelling of an article: .+ article",
    r"dora decided a claim: label: –.* → label: verifiable fact, .*The date can be looked up\.",
    r"cleo wrote a proposition .*A bridge fell\. → A bridge fell on Tuesday\.",
    r"ben added evidence https://\S+: content, supports, primary evidence agreed → researching Page 4\.",
    r"cleo added evidence .+: content, supports, primary evidence",
    r"cleo removed evidence .+: content, supports, primary evidence",
    r"ben proposed a verdict: content: supported verdict researching → proposed The register has it\.",
    r"dora asked for changes of a verdict: content: supported verdict proposed → researching Which Tuesday\?",
    r"ben proposed a verdict: content: supported verdict researching → proposed The register names the third\.",
    r"dora approved a verdict: content: supported verdict proposed → verified",
    r"ann published a claim release 1 verified → published",
    r"ben challenged a claim published → challenged Another bridge\.",
    r"cleo saved a label: opinion → verifiable fact labels",
]


def test_the_whole_way_is_told_in_order_with_reasons_and_links(at: Desk) -> None:
    claim = whole_way(at)
    entries = told(at, claim)
    assert len(entries) == len(WAY), entries
    for entry, pattern in zip(entries, WAY, strict=True):
        assert re.fullmatch(pattern, entry), f"{entry!r} is not {pattern!r}"


def test_the_links_lead_somewhere(at: Desk) -> None:
    page = main(read(at, path_of(whole_way(at))))
    anchors = set(re.findall(r'href="#([^"]+)"', page.split('class="history"')[1].split("</ol>")[0]))
    assert anchors == {"labels", "aspect-content"}
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_of_open_work_one_reads_ones_own(at: Desk) -> None:
    [claim] = opened(at, FACT)
    label(at, claim, cleo=said("opinion", rationale="Hidden words."))
    before = told(at, claim, "ben")
    assert not any("saved" in entry for entry in before)
    label(at, claim, ben=said("opinion", rationale="My own."))
    assert told(at, claim, "ben") == [*before, "ben saved a label: opinion labels My own."]
    assert "Hidden words." not in read(at, path_of(claim), "ben")


def test_nothing_of_another_article_is_told(at: Desk) -> None:
    claim = fact(at)
    entries = told(at, claim)
    fact(at)
    assert told(at, claim) == entries
