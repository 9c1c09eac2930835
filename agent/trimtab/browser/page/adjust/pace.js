/** How long each slide stays: the attribute that the page's carousel obeys, in milliseconds. */

import { changeAttribute } from "./attribute.js";

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {{attribute: string, every_ms: number}} */ { attribute, every_ms }) {
    if (!attribute.startsWith("data-")) return `${attribute} is no attribute for data`;
    const own_ms = Number.parseFloat(element.getAttribute(attribute) ?? "");
    const quicker = !(own_ms > 0 && own_ms <= every_ms);
    if (quicker && matchMedia("(prefers-reduced-motion: reduce)").matches) return "the visitor wants less motion";
    return changeAttribute(element, attribute, String(every_ms));
  },
  parts: (/** @type {{attribute: string}} */ { attribute }) => [`attribute ${attribute}`],
};
