/** Take the element off the page for eyes, screen readers and the Tab key alike; it stays in the document. */

import { changeDisplay, SHOWN } from "./display.js";

/** A form with such a field in it could no longer be sent, and would not say why. */
const NEEDED = ":required";

/**
 * Whether such an element is in it, in an open shadow root of it, or in what is assigned to a slot of these.
 * @param {Element | ShadowRoot} root
 * @param {string} selector
 * @returns {boolean}
 */
const has = (root, selector) =>
  !!root.querySelector(selector) ||
  [root, ...root.querySelectorAll("*")].some(
    (each) =>
      ("shadowRoot" in each && each.shadowRoot && has(each.shadowRoot, selector)) ||
      (each instanceof HTMLSlotElement && each.assignedElements().some((one) => one.matches(selector) || has(one, selector))),
  );

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element) {
    // One walk for both, as long as there is neither: this is asked at each try.
    if (!element.matches(NEEDED) && !has(element, `${NEEDED},dialog`)) return changeDisplay(element, () => "none");
    const isNeeded = element.matches(NEEDED) || has(element, NEEDED);
    return isNeeded ? "a form needs a field of it" : "a dialog in it would lock the page, unseen";
  },
  parts: () => SHOWN,
};
