/** While the page's own nodes are away, its frameworks go on with them as if they were in their place. */

/** All that frameworks call on a parent for a child of its that they remember, or add. */
const METHODS = /** @type {const} */ (["appendChild", "insertBefore", "removeChild", "replaceChild"]);

/**
 * What is called on the element for the page's nodes happens where those are. Without this a node that is away would be
 * no child of its parent, the call would throw in the middle of a framework's work, and React would take down the
 * whole tree for it; and what is added would come back in another order.
 * @param {Element} element
 * @param {DocumentFragment} own where its nodes are
 * @param {() => boolean} isAway Whether other content still stands in their place.
 */
export function stretch(element, own, isAway) {
  for (const name of METHODS) {
    const value = (/** @type {any[]} */ ...nodes) => {
      const beside = nodes.at(-1); // where it goes, or what goes; nothing: at the end
      const isElsewhere = beside?.parentNode === element;
      return /** @type {Function} */ (Node.prototype[name]).apply(isAway() && !isElsewhere ? own : element, nodes);
    };
    Object.defineProperty(element, name, { value, configurable: true, writable: true });
  }
}

/** @param {Element} element */
export function unstretch(element) {
  for (const name of METHODS) Reflect.deleteProperty(element, name);
}
