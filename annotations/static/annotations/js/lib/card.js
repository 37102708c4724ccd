/** The claim card's form: its fields read and written, what is refused told at its field. */

import { blank } from "./label.js";

export class Card {
  constructor(form) {
    this.form = form;
    this.errors = [];
  }

  /** What stands in the fields; flags and spans are kept by the room, because they are places. */
  read({ flags, spans }) {
    const typed = new FormData(this.form);
    const fields = blank();
    for (const name of Object.keys(fields)) fields[name] = String(typed.get(name) ?? "");
    return { ...fields, flags, spans };
  }

  /** Write a claim's fields into the form, and the words that a placed flag means beside it; `spare` is left alone. */
  write(fields, wordsOf, spare = null) {
    const { elements } = this.form;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === "string" && elements[name] !== spare) elements[name].value = value;
    }
    for (const box of this.form.querySelectorAll("[name=flags]")) {
      const flag = fields.flags.find((each) => (each.flag ?? each) === box.value);
      box.checked = flag !== undefined;
      box.parentElement.querySelector("q")?.remove();
      if (flag?.flag) {
        const words = Object.assign(document.createElement("q"), { textContent: wordsOf(flag), dir: "auto" });
        box.parentElement.append(words);
      }
    }
    // RadioNodeList takes no empty value: nothing is chosen until something is.
    for (const name of ["label", "content_kind"]) {
      for (const radio of elements[name]) radio.checked = radio.value === fields[name];
    }
  }

  /** Say beside a field that it is stored (false: it has no place for that); without a word take it back. */
  markSaved(name, word) {
    this.form.querySelector("[data-saved]")?.removeAttribute("data-saved");
    const row = word && this.place(name)?.closest(".row");
    row?.setAttribute("data-saved", word);
    return Boolean(row);
  }

  /** Lead to the claims beside this one, where there are any. */
  step(...beside) {
    ["before", "after"].forEach((id, n) => {
      const link = document.getElementById(id);
      link.toggleAttribute("aria-disabled", !beside[n]);
      if (beside[n]) link.href = `?claim=${beside[n].id}#card`;
      else link.removeAttribute("href");
    });
  }

  /** What surrounds a field, where things about it are said. */
  place(name) {
    const field = this.form.elements[name];
    return (field instanceof RadioNodeList ? field[0] : field)?.closest(".row, [data-field]");
  }

  /** The text field of the card that somebody types in, if any. */
  typing() {
    const field = document.hasFocus() ? document.activeElement : null;
    return field?.form === this.form && field.matches("textarea, [type=text]") ? field : null;
  }

  /** The name of a field, as the page has it. */
  caption(name) {
    const group = this.form.querySelector(`[data-field="${name}"]`);
    return group ? group.dataset.caption : this.place(name).querySelector("label").textContent;
  }

  /** What stands in a field, in words. */
  words(name, value, wordsOf) {
    const field = this.form.elements[name];
    if (name === "flags") return value.map((flag) => this.#flag(flag, wordsOf)).join(", ");
    if (field instanceof RadioNodeList) return this.#choice(field, value);
    return field.matches("select") && value ? ([...field.options].find((each) => each.value === value)?.text ?? value) : value;
  }

  #choice(boxes, value) {
    return [...boxes].find((box) => box.value === value)?.parentElement.querySelector("span").textContent ?? "";
  }

  #flag(flag, wordsOf) {
    const name = this.#choice(this.form.elements.flags, flag.flag ?? flag);
    return flag.flag ? `${name} “${wordsOf(flag)}”` : name;
  }

  /** Say sentences at their fields; those whose field is not here come back. */
  tell(errors) {
    for (const error of this.errors) error.remove();
    this.errors = [];
    const rest = [];
    for (const [name, sentences] of Object.entries(errors)) {
      const last = name.split(".").at(-1);
      const place = this.place(last) ?? this.form.querySelector(`[data-part="${last}"]`);
      for (const sentence of sentences) {
        if (place) this.errors.push(place.appendChild(Object.assign(document.createElement("p"), { className: "error", textContent: sentence })));
        else rest.push(sentence);
      }
    }
    return rest;
  }
}
