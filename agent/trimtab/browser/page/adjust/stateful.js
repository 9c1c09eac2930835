/** What an element holds besides its nodes, and would lose with its place in the document. */

/**
 * Fields leave their form; frames load again; what plays stops, what is open closes, a draft is out of sight. A dialog or
 * popover that is closed cannot be opened while it is away: to try throws. Styles, image maps and what SVG draws with are
 * for the whole page.
 */
export const STATEFUL =
  ":is(input,select,textarea,iframe,object,embed,video,audio,dialog,[popover],[contenteditable],style,link[rel~=stylesheet],map,symbol,linearGradient,radialGradient,pattern,clipPath,mask,filter,marker)";

/** @typedef {Element & {form?: HTMLFormElement | null}} Field */

/** @param {Element} each */
const isField = (each) =>
  each.matches("input,select,textarea") || !!(/** @type {any} */ (customElements.get(each.localName))?.formAssociated);

/**
 * @param {Element} element
 * @returns {string} why its content cannot be put elsewhere, or ""
 */
export function refusalToPart(element) {
  /** A field that goes away with its whole form takes nothing from what is sent, and comes back with its value. */
  const isLost = (/** @type {Field} */ each) => {
    if (!isField(each)) return each.matches(STATEFUL);
    const form = each.form ?? each.closest("form");
    return !form || form === element || !element.contains(form);
  };
  const held = [...element.querySelectorAll("*")].find(isLost);
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
