"""What a look at a page finds: breaches of WCAG A and AA, things that stick out, targets too small to hit."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALL = """
() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((e) => e.checkVisibility() && !e.closest('p, .hint, .skip') && !e.matches('.visually-hidden, [type=hidden]'))
  .filter((e) => !e.matches('[type=checkbox], [type=radio]') && e.getBoundingClientRect().height < 23.5)
  .map((e) => e.outerHTML.slice(0, 120))
"""


def breaches(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, or by its `options`: rule and elements."""
    found = Axe().run(page, options=options or {"runOnly": LEVELS}).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def contrast(page: Page) -> list[str]:
    """Of all that, what depends on colours."""
    return breaches(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    page.wait_for_load_state()  # a page that a click leads to may still be on its way
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Controls less than 24 pixels high that do not stand in running text."""
    return list(page.evaluate(SMALL))


def misfits(page: Page) -> list[str]:
    """What is too wide for the window, or too small to hit."""
    wide = sticks_out(page)
    return small_targets(page) + ([f"{wide} pixels too wide"] if wide > 0 else [])


def unlooked(page: Page) -> list[str]:
    """All of it, in the present colours and size."""
    return breaches(page) + misfits(page)


USABLE = """
() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.closest('fieldset:disabled'))
  .filter((e) => e.tabIndex >= 0 && e.type !== 'hidden' && e.type !== 'radio')
  .map((e, n) => { e.dataset.usable = n; return e.outerHTML.slice(0, 120); })
"""
# What the focus comes to, and whether it is seen there; null once it is back at the page.
FOLLOW = """
() => {
  window.focused = [];
  document.addEventListener('focusin', ({ target }) => {
    const style = getComputedStyle(target);
    const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    window.focused.push([target.dataset.usable ?? null, shown, target.outerHTML.slice(0, 120)]);
  });
}
"""
AT_ONCE = 10  # presses between two looks at where the focus is


def unreached(page: Page) -> list[str]:
    """What Tab alone does not lead to, or where it does not show that it did."""
    usable = page.evaluate(USABLE)
    page.evaluate(FOLLOW)
    page.evaluate("document.activeElement.blur()")
    everything, unseen, reached = {str(number) for number in range(len(usable))}, [], set()
    for _ in range(0, 3 * len(usable) + 20, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        for number, shown, element in page.evaluate("window.focused.splice(0)"):
            if not shown and number not in reached:  # the parts of a date are marked by the browser itself
                unseen.append(f"focus is not seen: {element}")
            reached.add(number)
        if everything <= reached:
            break
    return [f"Tab does not reach {usable[n]}" for n in range(len(usable)) if str(n) not in reached] + unseen
