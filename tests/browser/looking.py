"""What a look at a page finds: breaches of WCAG A and AA, things that stick out, targets too small to hit."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALL = """
() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((e) => e.checkVisibility() && !e.closest('p, .hint, .skip') && !e.matches('.visually-hidden, [type=hidden]'))
  .filter((e) => !e.matches('[type=checkbox], [type=radio]') && e.getBoundingClientRect().height < 23.5)
  .map((e) => e.outerHTML.slice(0, 120))
"""


def breaches(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA: rule and elements."""
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    page.wait_for_load_state()  # a page that a click leads to may still be on its way
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Controls less than 24 pixels high that do not stand in running text."""
    return list(page.evaluate(SMALL))


def unlooked(page: Page) -> list[str]:
    """All of it, in the present colours and size."""
    wide = sticks_out(page)
    return breaches(page) + small_targets(page) + ([f"{wide} pixels too wide"] if wide > 0 else [])


USABLE = """
() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.closest('fieldset:disabled'))
  .filter((e) => e.tabIndex >= 0 && e.type !== 'hidden' && e.type !== 'radio')
  .map((e, n) => { e.dataset.usable = n; return e.outerHTML.slice(0, 120); })
"""
FOCUSED = """
() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return [e.dataset.usable ?? null, shown || e === document.body, e.outerHTML.slice(0, 120), e === document.body];
}
"""


def unreached(page: Page) -> list[str]:
    """What Tab alone does not lead to, or where it does not show that it did."""
    usable = page.evaluate(USABLE)
    page.evaluate("document.activeElement.blur()")
    reached, unseen = set(), []
    for _ in range(3 * len(usable) + 20):
        page.keyboard.press("Tab")
        number, shown, element, is_over = page.evaluate(FOCUSED)
        if is_over and reached:
            break
        if not shown and number not in reached:  # the parts of a date are marked by the browser itself
            unseen.append(f"focus is not seen: {element}")
        reached.add(number)
    return [f"Tab does not reach {usable[n]}" for n in range(len(usable)) if str(n) not in reached] + unseen
