/** Set one attribute. */

import { refusal } from "./safe_attribute.js";

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value null: take the attribute away
 */
export function putAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * What is written to the attribute while ours is there is the page's own, or the visitor's, and stays: the same value too.
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value
 * @returns {import("./change.js").Change}
 */
export function changeAttribute(element, name, value) {
  /** @type {string | null} */
  let before = null;
  let ours = false;
  const written = new MutationObserver(() => void (ours = false));
  return {
    apply() {
      before = element.getAttribute(name);
      putAttribute(element, name, value);
      ours = true;
      written.observe(element, { attributeFilter: [name] });
    },
    undo() {
      ours &&= !written.takeRecords().length;
      written.disconnect();
      if (ours) putAttribute(element, name, before);
    },
    holds: () => element.getAttribute(name) === value,
  };
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{name: string, value: string}} */ { name, value }) =>
    refusal(element.localName, name, value) ||
    (name === "open" && element.matches("[name]") ? "it would close another one" : "") ||
    changeAttribute(element, name, value),
  parts: (/** @type {{name: string}} */ { name }) => [`attribute ${name}`],
};
