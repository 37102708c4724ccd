"""Guideline text to HTML: the small part of Markdown that a codebook needs, and nothing else. Pure.

Blocks are parted by empty lines: headings (`## …`), bulleted and numbered lists, paragraphs. Within them `**bold**`,
`*italic*` and `` `code` ``. Everything is escaped first, so no text can bring markup or links of its own.
"""

import re
from html import escape
from itertools import groupby

HEADING = re.compile(r"(#{1,4})\s+(.+)")
ITEM = re.compile(r"\s{0,3}(?:([-*•])|(\d{1,3})[.)])\s+(.*)")
INLINE = re.compile(  # spans are short, so that no text takes more than linear time
    r"`(?P<code>[^`]{1,500})`"
    r"|\*\*(?P<strong>(?=\S).{1,500}?(?<=\S))\*\*"
    r"|\*(?P<em>(?=\S)[^*]{1,500}?(?<=\S))\*"
)
TOP = 2  # the page's own heading is h1


def to_html(text: str) -> str:
    """`text` as safe HTML."""
    return "\n".join(_block(lines) for lines in _blocks(text))


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines that belong together; a heading and the begin of a list part them as an empty line does."""
    blocks: list[list[str]] = []
    for filled, run in groupby(text.splitlines(), key=lambda line: bool(line.strip())):
        if not filled:
            continue
        begin = True
        for line in run:
            alone = HEADING.fullmatch(line.strip()) is not None
            if begin or alone or (ITEM.fullmatch(line) and not ITEM.fullmatch(blocks[-1][0])):
                blocks.append([])
            blocks[-1].append(line)
            begin = alone
    return blocks


def _block(lines: list[str]) -> str:
    heading, item = HEADING.fullmatch(lines[0].strip()), ITEM.fullmatch(lines[0])
    if heading:
        level = min(6, TOP - 1 + len(heading[1]))
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if item:
        return _list(lines, int(item[2]) if item[2] else None)
    return f"<p>{'<br>'.join(_inline(line.strip()) for line in lines)}</p>"


def _list(lines: list[str], first: int | None) -> str:
    items: list[str] = []
    for line in lines:
        item = ITEM.fullmatch(line)
        if item:
            items.append(item[3])
        else:
            items[-1] += " " + line.strip()
    body = "".join(f"<li>{_inline(item)}</li>" for item in items)
    if first is None:
        return f"<ul>{body}</ul>"
    start = f' start="{first}"' if first != 1 else ""
    return f"<ol{start}>{body}</ol>"


def _inline(text: str) -> str:
    return _tags(escape(text))


def _tags(escaped: str) -> str:
    """Tags for the marks in text that is escaped already; none of the marks is a character that escaping makes."""
    return INLINE.sub(_tag, escaped)


def _tag(found: re.Match[str]) -> str:
    name = str(found.lastgroup)
    return f"<{name}>{found[name] if name == 'code' else _tags(found[name])}</{name}>"
