/** What an element holds besides its nodes, and would lose with its place in the document. */

/**
 * Fields leave their form; frames load again; what plays stops, what is open closes, a draft is out of sight. A list that
 * forgives what a browser does not know.
 */
export const STATEFUL =
  ":is(input,select,textarea,iframe,object,embed,video,audio,dialog[open],[contenteditable],:popover-open)";

/** @param {Element} each */
const isField = (each) => !!(/** @type {any} */ (customElements.get(each.localName))?.formAssociated);

/**
 * @param {Element} element
 * @returns {string} why its content cannot be put elsewhere, or ""
 */
export function refusalToPart(element) {
  const held = element.querySelector(STATEFUL) ?? [...element.querySelectorAll("*")].find(isField);
  return held ? `<${held.localName}> in it would lose what it holds` : "";
}

/**
 * How far the element and all in it are scrolled: what is taken off the page forgets it.
 * @param {Element} element
 */
export const scrolledIn = (element) =>
  [element, ...element.querySelectorAll("*")]
    .map((each) => ({ each, left: each.scrollLeft, top: each.scrollTop }))
    .filter(({ left, top }) => left || top);
