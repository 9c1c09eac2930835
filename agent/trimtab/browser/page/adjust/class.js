/** Add one class. */

import { putAttribute } from "./attribute.js";

/**
 * @param {Element} element
 * @param {string} name
 * @returns {import("./change.js").Change}
 */
function changeClass(element, name) {
  let added = false;
  /** @type {string | null} */
  let before = null;
  /** @type {string | null} */
  let ours = null;
  return {
    apply() {
      added = !element.classList.contains(name);
      if (!added) return;
      before = element.getAttribute("class");
      element.classList.add(name);
      ours = element.getAttribute("class");
    },
    undo() {
      if (!added) return;
      if (element.getAttribute("class") === ours) putAttribute(element, "class", before);
      else element.classList.remove(name); // the page has changed its own classes meanwhile
    },
    holds: () => element.classList.contains(name),
  };
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{name: string}} */ { name }) => changeClass(element, name),
  parts: (/** @type {{name: string}} */ { name }) => [`class ${name}`],
};
