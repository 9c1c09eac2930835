/** Draw the element larger or smaller where it is: nothing around it moves, and it may cover what is beside it. */

import { layOver } from "./overlay.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{factor: number}} */ { factor }) {
    const { width, display } = getComputedStyle(element);
    // Laid out as a box it would have a width. https://drafts.csswg.org/css-transforms-1/#transformable-element
    if (element instanceof HTMLElement && width === "auto" && display !== "none")
      return "it has no box that can be scaled: display: inline-block would give it one";
    // Added to a factor of the page's own, it multiplies. https://drafts.csswg.org/css-transforms-2/#individual-transforms
    return layOver(element, ["scale"], () => ({ scale: String(factor) }), "add");
  },
  parts: () => ["style scale"],
  paintsOnly: true,
};
