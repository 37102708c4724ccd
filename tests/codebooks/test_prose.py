"""Guideline text as HTML: what is drawn, and that nothing a person wrote becomes markup."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from annotations.codebooks import default
from annotations.codebooks.prose import to_html

TAGS = {"h2", "h3", "h4", "h5", "p", "ul", "ol", "li", "strong", "em", "code", "br"}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("", ""),
        ("One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p>\n<p>Three.</p>"),
        ("# Top\n#### Deep", "<h2>Top</h2>\n<h5>Deep</h5>"),
        ("#no heading", "<p>#no heading</p>"),
        ("Before:\n- a\n* b\n• c", "<p>Before:</p>\n<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1. a\n   goes on\n2. b", "<ol><li>a goes on</li><li>b</li></ol>"),
        ("**bold** and *it* and `**code**`", "<p><strong>bold</strong> and <em>it</em> and <code>**code**</code></p>"),
        ("**bold *it* b**", "<p><strong>bold <em>it</em> b</strong></p>"),
        ("2 * 3 * 4 ** 5 **", "<p>2 * 3 * 4 ** 5 **</p>"),
        ("**فحص** الجسر", "<p><strong>فحص</strong> الجسر</p>"),
        ("<b>x</b> & 'y'", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &#x27;y&#x27;</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_what_is_drawn(text: str, drawn: str) -> None:
    assert to_html(text) == drawn


@given(st.text(st.sampled_from("ab *`#-1.<>&\"'\n\t•é😀")))
@example("**<script>**alert(1)*</script>*")
@example("`<img src=x onerror=alert(1)>`")
def test_only_our_own_tags_come_out_and_they_are_closed(text: str) -> None:
    tree = html.fragment_fromstring(to_html(text), create_parent="div")
    for element in tree.iterdescendants():
        assert element.tag in TAGS and set(element.attrib) <= {"start"}
    assert html.tostring(tree, encoding="unicode").count("</") >= to_html(text).count("</")


def test_a_long_text_takes_linear_time() -> None:
    assert len(to_html("**a " * 25_000)) > 100_000
    assert len(to_html("*a`" * 30_000)) >= 90_000


def test_the_default_codebook_is_one_list_of_four_questions() -> None:
    drawn = to_html(default.TEXT)
    assert drawn.count("<li><strong>") == 4 and "*" not in drawn
