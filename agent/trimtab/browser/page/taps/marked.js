/**
 * Clicks on what the author has marked: `data-trimtab-goal="NAME"` or `data-trimtab-event="NAME"`, with
 * `data-trimtab-value="9.5"` if there is a number. Everything marked that the click is in counts.
 */

/** @param {import("../tap.js").Tap} tap */
export function tapMarked({ scope }) {
  scope.listen(document, "click", (event) => {
    for (const node of event.composedPath()) {
      const { trimtabGoal, trimtabEvent, trimtabValue } = /** @type {HTMLElement} */ (node).dataset ?? {};
      const number = trimtabValue === undefined ? undefined : Number(trimtabValue);
      if (trimtabGoal !== undefined) window.trimtab?.goal(trimtabGoal, number);
      if (trimtabEvent !== undefined) window.trimtab?.event(trimtabEvent, number);
    }
  });
}
