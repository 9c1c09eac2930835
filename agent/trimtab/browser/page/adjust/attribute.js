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
 * @returns {import("./change.js").Change}
 */
export function changeAttribute(element, name, value) {
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
    holds: () => element.getAttribute(name) === value,
  };
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{name: string, value: string}} */ { name, value }) =>
    refusal(element.localName, name, value) || changeAttribute(element, name, value),
  parts: (/** @type {{name: string}} */ { name }) => [`attribute ${name}`],
};
