/** Draw the element larger or smaller where it is: nothing around it moves, and it may cover what is beside it. */

import { layOver } from "./overlay.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  // Added to a factor of the page's own, it multiplies. https://drafts.csswg.org/css-transforms-2/#individual-transforms
  create: (element, /** @type {{factor: number}} */ { factor }) =>
    layOver(element, () => ({ scale: String(factor) }), "add"),
  parts: () => ["style scale"],
  paintsOnly: true,
};
