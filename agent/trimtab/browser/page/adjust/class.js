/** Add one class. */

import { putAttribute } from "./attribute.js";

/**
 * @param {Element} element
 * @param {string} name
 * @returns {import("./change.js").Change}
 */
function changeClass(element, name) {
  const isIn = (/** @type {string | null} */ classes) => !!classes?.split(/\s+/).includes(name);
  let ours = false;
  /** @type {string | null} */
  let before = null;
  /** @type {string | null} */
  let put = null;
  /** Once the page has taken it away, it is the page's own, also when the page puts it back. */
  const look = (/** @type {MutationRecord[]} */ records) => {
    ours &&= isIn(element.getAttribute("class")) && records.every(({ oldValue }) => isIn(oldValue));
  };
  const written = new MutationObserver(look);
  return {
    apply() {
      before = element.getAttribute("class");
      ours = !isIn(before);
      element.classList.add(name);
      put = element.getAttribute("class");
      written.observe(element, { attributeFilter: ["class"], attributeOldValue: true });
    },
    undo() {
      look(written.takeRecords());
      written.disconnect();
      if (!ours) return;
      if (element.getAttribute("class") === put) putAttribute(element, "class", before);
      else element.classList.remove(name); // the page has changed its other classes meanwhile
    },
    holds: () => isIn(element.getAttribute("class")),
  };
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create: (element, /** @type {{name: string}} */ { name }) => changeClass(element, name),
  parts: (/** @type {{name: string}} */ { name }) => [`class ${name}`],
  early: (/** @type {{name: string}} */ { name }) => ({ name }),
};
