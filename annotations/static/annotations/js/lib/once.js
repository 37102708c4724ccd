/** What is brought when it is first wanted. */

/** Makes something once, when it is first asked for, and again where that failed; `made` says whether it was. */
export function once(make) {
  const made = () => {
    made.made ??= make().catch((error) => {
      made.made = undefined;
      throw error;
    });
    return made.made;
  };
  return made;
}
