/** Set one attribute. */

import { refusal } from "./safe_attribute.js";

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value
 */
export function putAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 * @returns {import("./change.js").Change | string}
 */
export function changeAttribute(element, name, value) {
  const reason = refusal(element.localName, name, value);
  if (reason) return reason;
  /** @type {string | null} */
  let before = null;
  return {
    apply() {
      before = element.getAttribute(name);
      element.setAttribute(name, value);
    },
    undo() {
      // Another value than ours is the page's own, or the visitor's, and stays.
      if (element.getAttribute(name) === value) putAttribute(element, name, before);
    },
  };
}
