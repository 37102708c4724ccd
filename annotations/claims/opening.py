"""Opening an article: its units are locked, its project's rules frozen, labelling begins."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.articles.wording import ARTICLE_STATUS_WORDS
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.errors import WrongState
from annotations.projects.access import LADDER, Action, require
from annotations.projects.models import Project, Role
from annotations.projects.queries import locked_project, members
from annotations.web.wording import listed


@transaction.atomic
def open_article(actor: User, *, article_id: UUID) -> tuple[Article, list[str]]:
    """Begin labelling; the article, and warnings about who will be missing later. 409 without units or if opened."""
    project = locked_project(article_for(actor, article_id).project_id)
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.OPEN_AND_CLOSE)
    if article.status != Article.Status.DRAFT:
        told = _("This article has left the draft already: it is %(state)s.")
        raise WrongState(told % {"state": ARTICLE_STATUS_WORDS[article.status]})
    opened = Claim.objects.filter(article=article).update(status=Status.LABELLING, version=F("version") + 1)
    if not opened:
        raise WrongState(_("This article has no units yet. Add at least one, then open it."))
    if project.rules_frozen_at is None:
        project.rules_frozen_at = timezone.now()
        project.save(update_fields=["rules_frozen_at"])
    article.status, article.opened_at = Article.Status.OPEN, timezone.now()
    article.save(update_fields=["status", "opened_at"])
    record(actor, "article.opened", article, project=project.pk, article=article.pk, claims=opened)
    return article, warnings(project)


def warnings(project: Project) -> list[str]:
    """Who will be missing when claims have to be decided or verdicts approved, by name."""
    people = [(m.user.username, LADDER[Role(m.role)]) for m in members(project)]
    labelling = [name for name, step in people if step == LADDER[Role.REVIEWER]]
    deciding = [name for name, step in people if step >= LADDER[Role.ADJUDICATOR]]
    found = []
    if len(labelling) + len(deciding) < project.labels_per_claim:
        told = ngettext(
            "The project asks for %(n)d label a claim and has fewer members who label.",
            "The project asks for %(n)d labels a claim and has fewer members who label.",
            project.labels_per_claim,
        )
        found.append(told % {"n": project.labels_per_claim})
    needed = max(0, project.labels_per_claim - len(labelling))
    if project.four_eyes and needed >= len(deciding):
        told = ngettext(
            "If %(names)s labels too, nobody is left to decide disputed claims: "
            "who labelled a claim does not decide it.",
            "If %(names)s label too, nobody is left to decide disputed claims: "
            "who labelled a claim does not decide it.",
            len(deciding),
        )
        found.append(told % {"names": listed(deciding)})
    if project.four_eyes and len(labelling) + len(deciding) < 2:
        told = _("Only %(names)s can propose and approve verdicts, and nobody approves their own.")
        found.append(told % {"names": listed(deciding)})
    return found
