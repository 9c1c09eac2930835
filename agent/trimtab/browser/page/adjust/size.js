/** Make the element larger or smaller, with all that is in it; it takes its room, so it waits for a safe moment. */

import { layOver } from "./overlay.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{factor: number}} */ { factor }) {
    if (!CSS.supports("zoom", "1.5")) return "this browser knows no zoom";
    return layOver(element, ["zoom"], () => ({ zoom: String(factor * Number(getComputedStyle(element).getPropertyValue("zoom"))) }));
  },
  parts: () => ["style zoom"],
};
