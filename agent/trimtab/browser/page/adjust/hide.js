/** Take the element off the page for eyes, screen readers and the Tab key alike; it stays in the document. */

import { changeDisplay, SHOWN } from "./display.js";

/** @type {import("./change.js").Kind} */
export const KIND = { create: (element) => changeDisplay(element, () => "none"), parts: () => SHOWN };
