"""Members see published releases, others see nothing."""

import pytest

from annotations.errors import NotVisible
from annotations.releases.queries import (
    file_of,
    files_of,
    published_release,
    release_for,
    visible_releases,
)
from tests.factories.claims import Desk, desk, verified
from tests.factories.releases import NAMES, published, requested


def test_every_member_sees_what_was_published_newest_first(at: Desk) -> None:
    verified(at)
    first, second = published(at), published(at)
    requested(at)
    for person in at.people.values():
        assert list(visible_releases(person, at.project)) == [second, first]
        assert release_for(person, first.pk) == first


def test_others_see_nothing(at: Desk) -> None:
    verified(at)
    release = published(at)
    desk("other")
    at.project.memberships.filter(user=at.ben).delete()
    assert not visible_releases(at.ben, at.project).exists()
    with pytest.raises(NotVisible):
        release_for(at.ben, release.pk)


def test_nobody_sees_what_is_not_published_yet(at: Desk) -> None:
    verified(at)
    release, _ = requested(at)
    with pytest.raises(NotVisible):
        release_for(at.ann, release.pk)
    assert published_release(at.project) is None


def test_files_by_name(at: Desk) -> None:
    verified(at)
    release = published(at)
    names = [file.name for file in files_of(release)]
    assert names == NAMES
    assert file_of(release, "claims.csv").media_type == "text/csv; charset=utf-8"
    with pytest.raises(NotVisible):
        file_of(release, "../claims.csv")


def test_releases_by_number(at: Desk) -> None:
    verified(at)
    first, second = published(at), published(at)
    assert published_release(at.project) == second
    assert published_release(at.project, 1) == first
    assert published_release(at.project, 3) is None
