/** Take the element off the page for eyes, screen readers and the Tab key alike; it stays in the document. */

import { changeDisplay, SHOWN } from "./display.js";

/** A form with such a field in it could no longer be sent, and would not say why. */
const NEEDED = ":required";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element) {
    if (element.matches(NEEDED) || element.querySelector(NEEDED)) return "a form needs a field of it";
    if (element.querySelector("dialog")) return "a dialog in it would lock the page, unseen";
    return changeDisplay(element, () => "none");
  },
  parts: () => SHOWN,
};
