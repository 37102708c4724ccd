/** Long words of others in little room. */

/** The first words of a quote, on one line. */
export function shortened(quote, most = 12) {
  const all = quote.trim().split(/\s+/u);
  return all.slice(0, most).join(" ") + (all.length > most ? "…" : "");
}
