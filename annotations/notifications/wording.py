"""What notifications say, and where they lead."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.notifications.models import Kind, Notification

Words = str | Promise


class KindWords(NamedTuple):
    """What somebody did, to be read behind their name; and the kind's name where it is switched on and off."""

    did: Words
    choice: Words


KINDS: dict[str, KindWords] = {
    Kind.MENTIONED: KindWords(_("mentioned you in a discussion"), _("somebody mentions me")),
    Kind.VERDICT_PROPOSED: KindWords(
        _("proposed a verdict that you may approve"), _("a verdict is proposed that I may approve")
    ),
    Kind.CHANGES_REQUESTED: KindWords(_("asked for changes of your verdict"), _("my verdict needs changes")),
    Kind.VERDICT_APPROVED: KindWords(_("approved your verdict"), _("my verdict is approved")),
    Kind.ASSIGNED: KindWords(_("gave you a claim to check"), _("a claim is given to me to check")),
    Kind.DECIDED: KindWords(_("decided a claim that you labelled"), _("a claim that I labelled is decided")),
    Kind.WORK_GIVEN: KindWords(_("gave you work to label"), _("work is given to me to label")),
    Kind.RELEASE_PUBLISHED: KindWords(_("published a release"), _("a release is published")),
}


def leads_to(notification: Notification) -> str:
    """The path of the page that a notification is about."""
    if notification.release_id:
        return reverse("release", args=[notification.release_id])
    if not notification.claim_id:
        return reverse("queue", args=[notification.project.slug])
    page = reverse("claim", args=[notification.claim_id])
    return f"{page}#comment-{notification.comment_id}" if notification.comment_id else page
