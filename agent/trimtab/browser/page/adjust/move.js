/** Put the element elsewhere inside its own container: first, last, or before one of its siblings. */

import { refusalToPart } from "./stateful.js";

/**
 * @typedef {{to?: "first" | "last", before?: string}} Where `before`: a selector of the sibling.
 */

/**
 * What is moved now. Several that go to the same place keep the order of the places that they have from the page.
 * `at`: where the page has it, which is where it stands once the page itself has put it somewhere.
 * @type {WeakMap<Node, {where: string, place: Node, at: () => ChildNode}>}
 */
const moved = new WeakMap();

/** @type {import("./change.js").Kind} */
export const KIND = {
  create(element, /** @type {Where} */ { to, before }) {
    const parent = element.parentElement;
    if (!parent || element.matches("head, body")) return "it is in no container";
    const where = `${to} ${before}`;
    const others = () => [...parent.children].filter((child) => child !== element);
    /** What everything that goes there comes before. */
    const end = () =>
      (to !== "last" &&
        others().find((child) => (before ? child.matches(before) && moved.get(child)?.where !== where : !moved.has(child)))) ||
      null;
    if (before && !end()) return `nothing beside it matches ${before}`;
    return (!canKeep(parent) && refusalToPart(element)) || moveWithin(parent, element, where, end);
  },
  parts: () => ["place"],
};

/**
 * @param {Element} parent
 * @param {Element} element
 * @param {string} where
 * @param {() => Element | null} end What it comes before, with others that are moved between the two.
 * @returns {import("./change.js").Change}
 */
function moveWithin(parent, element, where, end) {
  /** Stands where the page has it: what the page does to the siblings around happens to this place too. */
  const place = document.createComment("");
  let ours = false;
  /** @param {Node} child */
  const isAfter = (child) => {
    const other = moved.get(child);
    return other?.where === where && (place.compareDocumentPosition(other.place) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  };
  const holds = () => {
    const last = end();
    let after = element.nextElementSibling;
    while (after && after !== last && moved.has(after)) after = after.nextElementSibling;
    return element.parentElement === parent && after === last;
  };
  /**
   * Where the page itself puts it, or takes it to, it stays. What goes or comes with its place has no new one: so does all
   * content that gives way to ours.
   * @param {MutationRecord[]} records
   */
  const look = (records) => {
    for (const { addedNodes, removedNodes } of records) {
      const nodes = [...addedNodes, ...removedNodes];
      ours &&= !nodes.includes(element) || nodes.includes(place);
    }
  };
  const written = new MutationObserver(look);
  const at = () => {
    look(written.takeRecords());
    return ours && place.parentNode ? place : element;
  };
  return {
    apply() {
      if (element.parentElement !== parent) return;
      Element.prototype.before.call(element, place);
      const next = [...parent.children].find(isAfter) ?? end();
      if (element.nextElementSibling !== next) put(parent, element, next);
      ours = true;
      written.observe(parent, { childList: true });
      moved.set(element, { where, place, at });
      // Where other content stands in it, what is put before the page's own goes to where those are.
      if (!Object.hasOwn(parent, INSERT))
        Object.defineProperty(parent, INSERT, { value: insertInPlace, configurable: true, writable: true });
      for (const side of SIDES) {
        const value = (/** @type {(Node | string)[]} */ ...nodes) => {
          if (at() === place) place[side](...nodes);
          else Element.prototype[side].apply(element, nodes);
        };
        Object.defineProperty(element, side, { value, configurable: true, writable: true });
      }
    },
    undo() {
      moved.delete(element);
      for (const side of SIDES) Reflect.deleteProperty(element, side);
      const isLast = ![...parent.children].some((child) => moved.has(child));
      if (isLast && parent[INSERT] === insertInPlace) Reflect.deleteProperty(parent, INSERT);
      if (at() === place) put(/** @type {Element} */ (place.parentNode), element, place);
      written.disconnect();
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
  const { activeElement } = document;
  const view = element.contains(activeElement) && { left: scrollX, top: scrollY };
  if (canKeep(parent)) parent.moveBefore?.(element, next);
  else Node.prototype[INSERT].call(parent, element, next);
  if (!view) return;
  if (activeElement !== document.activeElement) /** @type {HTMLElement} */ (activeElement).focus({ preventScroll: true });
  // Chromium scrolls to what has the focus, with the next layout: to ask where we are is to have it laid out.
  if (scrollY !== view.top) scrollTo({ ...view, behavior: "instant" });
}

const INSERT = "insertBefore";
const SIDES = /** @type {const} */ (["before", "after"]);

/**
 * What the page, or its framework, puts before an element that is moved comes where that would be without us.
 * @this {Element}
 * @param {Node} node
 * @param {Node | null} next
 */
function insertInPlace(node, next) {
  return Node.prototype[INSERT].call(this, node, (next && moved.get(next)?.at()) ?? next);
}
