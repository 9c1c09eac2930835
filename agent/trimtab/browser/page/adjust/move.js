/** Put the element elsewhere inside its own container: first, last, or before one of its siblings. */

import { refusalToPart } from "./stateful.js";

/**
 * @typedef {{to?: "first" | "last", before?: string}} Where `before`: a selector of the sibling.
 */

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {Where} */ { to, before }) {
    const parent = element.parentElement;
    if (!parent || element.matches("head, body")) return "it is in no container";
    const others = () => [...parent.children].filter((child) => child !== element);
    if (before && !others().some((child) => child.matches(before))) return `nothing beside it matches ${before}`;
    const next = () => (to === "last" ? null : (others().find((child) => !before || child.matches(before)) ?? null));
    return (!canKeep(parent) && refusalToPart(element)) || moveWithin(parent, element, next);
  },
  parts: () => ["place"],
};

/**
 * @param {Element} parent
 * @param {Element} element
 * @param {() => Element | null} next What it comes before.
 * @returns {import("./change.js").Change}
 */
function moveWithin(parent, element, next) {
  /** Stands where the page has it: what the page does to the siblings around happens to this place too. */
  const place = document.createComment("");
  let ours = false;
  const holds = () => element.parentElement === parent && element.nextElementSibling === next();
  /** Where the page itself puts it, or takes it to, it stays. @param {MutationRecord[]} records */
  const look = (records) => {
    ours &&= !records.some(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].includes(element));
  };
  const written = new MutationObserver(look);
  return {
    apply() {
      if (element.parentElement !== parent || holds()) return;
      element.before(place);
      put(parent, element, next());
      ours = true;
      written.observe(parent, { childList: true });
    },
    undo() {
      look(written.takeRecords());
      written.disconnect();
      if (ours && place.parentNode === parent) put(parent, element, place);
      place.remove();
      ours = false;
    },
    holds,
  };
}

/**
 * Where the browser can, focus, scroll positions and all that is in it survive.
 * https://dom.spec.whatwg.org/#dom-parentnode-movebefore
 * @param {Element} parent
 */
const canKeep = (parent) => "moveBefore" in parent && parent.isConnected;

/**
 * @param {Element & {moveBefore?: (node: Node, child: Node | null) => void}} parent
 * @param {Element} element
 * @param {Node | null} next
 */
function put(parent, element, next) {
  if (canKeep(parent)) parent.moveBefore?.(element, next);
  else parent.insertBefore(element, next);
}
