/** Fills the form that adds a claim from what is selected in the text. */

/**
 * @param {HTMLFormElement} form with the fields `exact`, `start` and `end`
 * @param {import("./text.js").ArticleText} text
 * @param {() => boolean} wanted whether selections are to be taken now
 */
export function fillFromSelection(form, text, wanted) {
  const { exact, start, end } = form.elements;
  document.addEventListener("selectionchange", () => {
    const span = wanted() && text.selected();
    if (!span) return;
    exact.value = text.range(span.start, span.end).toString();
    [start.value, end.value] = [span.start, span.end];
  });
  // Words typed by hand are looked up in the text by the server.
  exact.addEventListener("input", () => {
    start.value = end.value = "";
  });
}
