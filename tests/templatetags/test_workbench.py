"""What templates draw alike: marks, statuses, rows of forms, the navigation of each role."""

import pytest
from django import forms
from django.template import Context, Template

from annotations.claims.models import LabelValue, Status
from annotations.projects.models import Membership
from tests.factories.claims import desk

GLYPHS = {
    "attributed_statement": "❝ A",
    "verifiable_fact": "◆ F",
    "opinion": "~ O",
    "unsure": "? U",
    "not_a_claim": "∅ N",
}


def drawn(source: str, **context: object) -> str:
    return Template("{% load workbench %}" + source).render(Context(context))


def test_every_label_has_glyph_letter_and_word() -> None:
    for value in LabelValue.values:
        text = drawn("{% mark value %}", value=value)
        assert GLYPHS[value] in text and value.replace("_", " ") in text and f"mark--{value}" in text
    assert drawn("{% mark value %}", value=None) == '<span class="muted">–</span>'


def test_every_status_has_its_word_and_its_ring() -> None:
    for value in Status.values:
        assert drawn("{% status value %}", value=value) == f'<span class="status status--{value}">{value}</span>'


def test_names_between_backticks_are_code_and_nothing_else_is_drawn() -> None:
    assert (
        drawn("{{ text|ticked }}", text="`If-Match` <b> `a<b`") == "<code>If-Match</code> &lt;b&gt; <code>a&lt;b</code>"
    )


class Example(forms.Form):
    """One of each kind of row."""

    name = forms.CharField(help_text="As on the door.", max_length=3)
    sure = forms.BooleanField()


def test_a_row_ties_label_hint_and_errors_to_its_control() -> None:
    form = Example({"name": "<long>"})
    text = drawn("{% row form.name %}{% row form.sure %}", form=form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in text and 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text and 'aria-invalid="true"' in text and 'value="&lt;long&gt;"' in text
    assert text.count("row--wrong") == 2 and text.count("row--check") == 1
    assert text.index('type="checkbox"') < text.index('<label for="id_sure"')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "seen", "unseen"),
    [
        ("vic", {"Overview", "Releases", "Log"}, {"My queue", "Disputes", "Settings"}),
        ("ben", {"My queue"}, {"Disputes", "Settings"}),
        ("dora", {"My queue", "Disputes"}, {"Settings"}),
        ("ann", {"My queue", "Disputes", "Settings"}, set()),
    ],
)
def test_the_navigation_holds_what_the_role_may_use(name: str, seen: set[str], unseen: set[str]) -> None:
    desk()
    membership = Membership.objects.get(user__username=name)
    source = "{% project_pages membership as links %}{% for link in links %}{{ link.text }}={{ link.url }};{% endfor %}"
    links = dict(pair.split("=") for pair in drawn(source, membership=membership).strip(";").split(";"))
    assert seen <= set(links) and not unseen & set(links)
    assert all(url.startswith("/projects/desk/") for url in links.values())


@pytest.mark.django_db
def test_may_reads_the_table_of_rights() -> None:
    desk()
    for name, answer in (("ann", "yes"), ("dora", "no")):
        membership = Membership.objects.get(user__username=name)
        assert drawn('{{ membership|may:"RELEASE"|yesno }}', membership=membership) == answer
