/** The units of the article as this page knows them: in the order of the text, one of them the current one. */

// What is as it is for most units is not sent; a proposition that is the unit's own words neither.
const USUAL = { kind: "sentence", version: 1 };

export class Units {
  /**
   * @param {object[]} units as the page came with them; `current` is the id of one
   * @param {object} page `text`; `drawing`; `list`; `shown(unit, reveal)` hears that the current unit is to be shown
   */
  constructor(units, current, page) {
    Object.assign(this, page);
    this.all = units.map((unit) => ({ ...USUAL, proposition: this.quote(unit), ...unit }));
    this.place = Math.max(0, this.all.findIndex((unit) => unit.id === current));
  }

  get current() {
    return this.all[this.place];
  }

  find(id) {
    return this.all.find((unit) => unit.id === id);
  }

  /** A unit's words. */
  quote({ start, end }) {
    return this.text.range(start, end).toString();
  }

  /** Whether its proposition is more than its own words. */
  isWritten(unit) {
    return unit.proposition !== this.quote(unit).trim().split(/\s+/u).join(" ");
  }

  /** Go to a unit by its place; false where it is the current one or there is none. */
  go(to) {
    if (!this.all[to] || to === this.place) return false;
    this.place = to;
    this.show();
    history.replaceState(null, "", `?unit=${this.current.id}`);
    return true;
  }

  /** Show the current unit in the text and in the list. */
  show({ reveal = true } = {}) {
    const unit = this.current;
    this.drawing.point(unit);
    this.list.show(this.all, this.place);
    this.shown(unit);
    if (unit && reveal) this.drawing.reveal(unit);
  }

  /** Draw all units anew. */
  draw() {
    this.all.sort((one, other) => one.start - other.start || one.end - other.end);
    this.all.forEach((unit, n) => Object.assign(unit, { look: n % 2 ? "unit" : "other-unit", letter: String(n + 1) }));
    this.drawing.show(this.all);
  }

  /** Put what the server made in the place of what it was made from, and go there. */
  replace(old, made) {
    const gone = new Set(old.map((unit) => unit.id));
    this.all = [...this.all.filter((unit) => !gone.has(unit.id)), ...made];
    this.draw();
    this.place = made.length ? this.all.indexOf(made[0]) : Math.max(0, Math.min(this.place, this.all.length - 1));
    this.show();
  }

  /** All of them anew, as the server has them. */
  renew(all) {
    const id = this.current?.id;
    const place = all.findIndex((unit) => unit.id === id);
    this.all = all;
    this.place = place < 0 ? Math.max(0, Math.min(this.place, all.length - 1)) : place;
    this.draw();
    this.show({ reveal: false });
  }

  /** A unit is now as the server has it. */
  took(unit, made) {
    if (!this.all.includes(unit)) return;
    Object.assign(unit, made);
    this.list.rename(unit);
    this.drawing.show(this.all);
  }
}
