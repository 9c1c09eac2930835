/** What the page before showed, shown again until Python says what it thinks of it. */

import { keepShown, shownBefore, undoHead } from "./shown.js";

/**
 * @typedef {object} Again
 * @property {(applier: import("./applier.js").Applier, may: boolean, scope: import("./scope.js").Scope) => void} show `may`:
 *   whether the visitor permits it.
 * @property {() => number[]} shown The adjustments that Python has said nothing of yet, and hears nothing of.
 * @property {(index: number) => boolean} has
 * @property {(commands: import("./messages.js").Command[]) => void} settle Python has spoken.
 * @property {() => void} forget
 * @property {(adjustments: readonly {state: string}[]) => void} keep For the page after this one.
 */

/**
 * @param {import("./messages.js").Declaration} declaration
 * @param {import("./shown.js").Head} head
 * @returns {Again}
 */
export function createAgain(declaration, head) {
  /** @type {Set<number>} */
  const shown = new Set();

  return {
    show(applier, may, scope) {
      for (const index of may ? shownBefore(declaration) : []) shown.add(index);
      if (!shown.size) return void undoHead(head);
      const show = () => {
        applier.adopt(head);
        applier.obey([...shown].map((index) => ["apply", index]));
      };
      if (document.readyState === "loading") scope.listen(document, "DOMContentLoaded", show);
      else show();
    },
    shown: () => [...shown],
    has: (index) => shown.has(index),
    settle(commands) {
      for (const [, index] of commands) shown.delete(index);
    },
    forget: () => shown.clear(),
    keep(adjustments) {
      keepShown(declaration, [...adjustments.keys()].filter((index) => adjustments[index].state === "applied"));
    },
  };
}
