"""The words in which people read how an article stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article

ARTICLE_STATUS_WORDS: dict[str, str | Promise] = {
    Article.Status.DRAFT: _("draft"),
    Article.Status.OPEN: _("open for labelling"),
    Article.Status.CLOSED: _("labelling closed"),
}
