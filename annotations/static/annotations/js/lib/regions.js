/** Regions of a page (`data-live="name"`) that are renewed from a newer copy of it, never under somebody's hands. */

const TOKEN = /(name="csrfmiddlewaretoken" value=")[^"]*/g;
const OPEN = / open(="")?(?=[ >])/g;

const served = new WeakMap(); // regions as the server sent them, before scripts added to them

/** Remember the regions of a page, or of a part of it, as they were sent. */
export function remember(part) {
  for (const region of part.querySelectorAll("[data-live]")) served.set(region, plain(region));
}

/** Put the newer regions in their places. False where one had to stay because it is in use. */
export function renewed(standing, fresh) {
  let all = true;
  for (const region of within(standing)) {
    const twin = fresh.querySelector(`[data-live="${CSS.escape(region.dataset.live)}"]`);
    if (!twin || plain(twin) === (served.get(region) ?? plain(region))) continue;
    if (!isUsed(region)) replace(region, twin);
    else {
      renewed(region, twin);
      all = false;
    }
  }
  return all;
}

/** The regions that stand directly in a page or in another region. */
function within(standing) {
  const outer = standing.nodeType === Node.DOCUMENT_NODE ? null : standing;
  return [...standing.querySelectorAll("[data-live]")].filter((each) => each.parentElement.closest("[data-live]") === outer);
}

/** What the server said: without the token, which differs each time, and without what the reader has unfolded. */
const plain = (region) => region.outerHTML.replace(TOKEN, "$1").replace(OPEN, "");

function isUsed(region) {
  const selection = getSelection();
  return (
    region.contains(document.activeElement) ||
    (!selection.isCollapsed && selection.containsNode(region, true)) ||
    [...region.querySelectorAll("input, textarea, select")].some(isTyped)
  );
}

function isTyped(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const given = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(given, 0);
}

function replace(region, twin) {
  const words = (details) => details.querySelector("summary")?.textContent.trim();
  served.set(twin, plain(twin));
  remember(twin);
  const open = new Set([...region.querySelectorAll("details[open]")].map(words));
  for (const details of twin.querySelectorAll("details")) if (open.has(words(details))) details.open = true;
  const scrolled = [...region.querySelectorAll(".scroll")].map((each) => each.scrollLeft);
  region.replaceWith(document.adoptNode(twin));
  twin.querySelectorAll(".scroll").forEach((each, n) => (each.scrollLeft = scrolled[n] ?? 0));
  twin.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
}
