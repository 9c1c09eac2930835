/** Draw the element larger or smaller where it is: nothing around it moves, and it may cover what is beside it. */

import { layOver } from "./overlay.js";

const PSEUDO = ["::before", "::after"];

/**
 * Whether something in it has its place by what lies outside, and would have it by the element itself once that is scaled.
 * @param {Element} element
 * @param {boolean} isFree Nothing up to the one that would be scaled holds what is placed absolutely.
 * @returns {boolean}
 * @see https://drafts.csswg.org/css-transforms-2/#individual-transforms
 */
function letsOut(element, isFree) {
  const isOut = (/** @type {string} */ position) => position === "fixed" || (isFree && position === "absolute");
  if (PSEUDO.some((name) => isOut(getComputedStyle(element, name).position))) return true;
  return [...(element.shadowRoot?.children ?? []), ...element.children].some((child) => {
    const { position } = getComputedStyle(child);
    return isOut(position) || letsOut(child, isFree && position === "static");
  });
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{factor: number}} */ { factor }) {
    const { width, display, position, transform, scale } = getComputedStyle(element);
    const isHolding = transform !== "none" || scale !== "none"; // already, by the page's own
    if (!isHolding && letsOut(element, position === "static")) return "something in it is placed by what lies around it";
    // Laid out as a box it would have a width. https://drafts.csswg.org/css-transforms-1/#transformable-element
    if (element instanceof HTMLElement && width === "auto" && display !== "none")
      return "it has no box that can be scaled: display: inline-block would give it one";
    // Added to a factor of the page's own, it multiplies. https://drafts.csswg.org/css-transforms-2/#individual-transforms
    return layOver(element, ["scale"], () => ({ scale: String(factor) }), "add");
  },
  parts: () => ["style scale"],
  paintsOnly: true,
};
