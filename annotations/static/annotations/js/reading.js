/** An article to read: draws its claims by their settled labels, and leads from the text to a claim. */

import { Drawing, LETTERS } from "./lib/drawing.js";
import { claimAt } from "./lib/order.js";
import { ArticleText } from "./lib/text.js";

const text = new ArticleText(document.getElementById("text"));
const drawing = new Drawing(text, document.getElementById("margin"));
let claims = [];

/** Draw the claims as the page has them now. */
function draw() {
  const source = document.getElementById("reading-data") ?? document.getElementById("editor-data");
  const found = JSON.parse(source.textContent);
  claims = found.units ?? found;
  drawing.show(claims.map((claim) => Object.assign(claim, { look: claim.label ?? "none", letter: LETTERS[claim.label] ?? "–" })));
}

draw();
document.addEventListener("renewed", draw);
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  const claim = point === null ? null : claimAt(claims, point);
  if (!claim?.number) return;
  drawing.point(claim);
  document.getElementById(`claim-${claim.number}`)?.scrollIntoView({ block: "nearest" });
});
window.addEventListener("hashchange", pointed);
pointed();

/** The claim that the address names is tinted and brought into view. */
function pointed() {
  const number = Number(/^#claim-(\d+)$/.exec(location.hash)?.[1]);
  const claim = claims.find((each) => each.number === number);
  if (!claim) return;
  drawing.point(claim);
  drawing.reveal(claim);
}
