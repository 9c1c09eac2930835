/** Show what the page keeps back with the attribute `hidden`, which stays: what the page does to it is the page's own. */

import { changeDisplay, SHOWN } from "./display.js";

const HIDDEN = "hidden";
/** Its content is skipped, not its box; only the browser opens it, where somebody looks for words in it. */
const UNTIL_FOUND = `[${HIDDEN}=until-found i]`;

/**
 * As the page would display it without the attribute. Where a style hides it too, it is shown all the same.
 * @param {Element} element
 */
function shown(element) {
  const value = element.getAttribute(HIDDEN);
  element.removeAttribute(HIDDEN);
  const { display } = getComputedStyle(element);
  if (value !== null) element.setAttribute(HIDDEN, value);
  return display === "none" ? "block" : display;
}

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element) {
    if (!element.hasAttribute(HIDDEN)) return "it has no attribute hidden";
    if (element.matches(UNTIL_FOUND)) return "it is hidden until it is found, and stays empty: let it be hidden";
    return changeDisplay(element, () => shown(element));
  },
  parts: () => SHOWN,
};
