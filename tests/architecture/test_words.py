"""What people read can be translated: no refusal and no template says anything that gettext does not know of."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STAGES = Path(__file__).resolve().parents[2] / "annotations"
TEMPLATES = STAGES / "templates"
REFUSALS = {
    "InvalidInput",
    "NotPermitted",
    "NotVisible",
    "WrongState",
    "StaleVersion",
    "TooLarge",
    "VersionMissing",
    "ParseError",
    "NotAuthenticated",
    "AuthenticationFailed",
    "ValidationError",
    "SpanError",
    "FlagError",
    "PlaceError",
    "TextRejected",
    "field",
}
MARKS = {"_", "lazy", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"}
# Read by people at a terminal, in English.
ENGLISH = {"releases/exporting.py"}
# The API is described in English, like its document.
API_PAGES = {"api_docs.html", "api_operation.html", "api_body.html"}
# Names of commands, keys and hash functions.
NAMES = r"(\.venv/bin/python )?manage\.py [\w ]+|sha256sum \*|SHA-256|WARC|Ctrl|Shift|Alt|Enter|Esc"
TAGS = (
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}"
    r"|{%\s*block main_class %}[\w-]*"
)
VARIABLES = r"{%.*?%}|{{.*?}}"
SPOKEN = re.compile(r'\s(?:aria-label|aria-description|title|placeholder|alt|label)="([^"]*)"')


def called(node: ast.Call) -> str:
    """The name that is called: `f` of `f()` and of `a.f()`."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def unmarked(node: ast.AST) -> Iterator[str]:
    """Sentences below a node, but not below what marks them; formatted ones as well, which nobody could look up."""
    if isinstance(node, ast.Call) and called(node) in MARKS:
        return
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    else:
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    if re.search(r"\w \w|\w {}|{} \w", text):
        yield text
    elif not text:
        for child in ast.iter_child_nodes(node):
            yield from unmarked(child)


def refused(source: str) -> list[str]:
    """The sentences of refusals in a module that are not marked."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and called(node) in REFUSALS]
    return [text for call in calls for argument in [*call.args, *call.keywords] for text in unmarked(argument)]


def literal(template: str) -> list[str]:
    """The words of a template that are not translated, in its text and in what is read aloud."""
    text = re.sub(TAGS, " ", template, flags=re.DOTALL)
    spoken = [re.sub(VARIABLES, "", value) for value in SPOKEN.findall(text)]
    shown = re.sub(r"<[^>]*>|&\w+;", "\n", re.sub(VARIABLES, "", text, flags=re.DOTALL)).split("\n")
    return [said.strip() for said in [*spoken, *shown] if re.search(r"[^\W\d_]{2}", re.sub(NAMES, "", said))]


def test_the_rules_find_what_they_are_for() -> None:
    assert refused('raise WrongState(f"This is {state}.")') == ["This is {}."]
    assert refused('raise InvalidInput.field("a", "Not so.", errors={"b": ["Nor so."]})') == ["Not so.", "Nor so."]
    assert refused('raise WrongState(_("This is %(state)s.") % {"state": words})') == []
    assert literal('<p title="Read me">{% translate "Yes" %} and {{ no }}</p>') == ["Read me", "and"]


@pytest.mark.parametrize("path", sorted(STAGES.glob("*/*.py")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sentence_of_a_refusal_is_marked(path: Path) -> None:
    if f"{path.parent.name}/{path.name}" not in ENGLISH:
        assert refused(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_word_of_a_template_is_translated(path: Path) -> None:
    if path.name not in API_PAGES:
        assert literal(path.read_text(encoding="utf-8")) == []
