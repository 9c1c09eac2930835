/** Make the element larger or smaller, with all that is in it; it takes its room, so it waits for a safe moment. */

import { writeInline } from "./inline.js";
import { layOver } from "./overlay.js";

/** Not in WebKit, which gives such a keyframe back empty. */
const isAnimated = () => "zoom" in (new KeyframeEffect(null, { zoom: "2" }, 0).getKeyframes()[0] ?? {});

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{factor: number}} */ { factor }) {
    if (!CSS.supports("zoom", "1.5")) return "this browser knows no zoom";
    const look = () => String(factor * Number(getComputedStyle(element).getPropertyValue("zoom")));
    if (isAnimated()) return layOver(element, ["zoom"], () => ({ zoom: look() }));
    return element instanceof HTMLElement ? writeInline(element, "zoom", look) : "it has no box that can be sized";
  },
  parts: () => ["style zoom"],
};
