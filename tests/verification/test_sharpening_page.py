"""A sharper proposition on the page of a claim."""

from annotations.verification.moves import edit_proposition
from tests.factories.claims import Desk, fact, fresh, verified
from tests.verification.pages import main, path_of, post, read, section


def test_a_proposition_is_sharpened_and_nobodys_change_is_overwritten(at: Desk) -> None:
    claim = fact(at)
    page = post(at, path_of(claim, "sharpen/"), proposition="It fell on 3 March.", version=claim.version)
    assert "It fell on 3 March." in section(main(page), "proposition")
    edit_proposition(at.cleo, claim_id=claim.pk, proposition="Cleo’s words.", version=fresh(claim).version)
    stale = main(post(at, path_of(claim, "sharpen/"), want=412, proposition="Ben’s words.", version=claim.version))
    assert "Somebody changed it meanwhile" in stale and "Cleo’s words." in stale and "Ben’s words." in stale
    now = fresh(claim).version
    assert f'name="version" value="{now}"' in stale
    post(at, path_of(claim, "sharpen/"), proposition="Ben’s words.", version=now)
    assert fresh(claim).proposition == "Ben’s words."


def test_a_fixed_proposition_offers_nothing(at: Desk) -> None:
    claim = verified(at)
    assert "sharpen/" not in read(at, path_of(claim))
    refused = post(at, path_of(claim, "sharpen/"), want=409, proposition="Sharper.", version=claim.version)
    assert "Challenge and reopen it first" in refused
