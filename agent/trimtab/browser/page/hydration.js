/**
 * Has a framework still to take over what the server rendered? Until then nothing may differ from it: the framework
 * would complain, or throw away the whole root. What no page tells is whether a framework will come at all; where the
 * signs below are missing, the author writes `data-trimtab-wait` on the root and takes it away when it is done.
 */

/** Gone when it is done: our own mark, Astro's islands, Angular's hosts, Vue 2's roots. */
const UNTIL_GONE = "[data-trimtab-wait],astro-island[ssr],[ngh],[data-server-rendered]";
/** Roots by the conventions of Next, Gatsby, Nuxt and React 16. */
export const NAMED_ROOTS = "#__next,#___gatsby,#__nuxt,[data-reactroot]";
/** Likewise of everybody, and so often of pages without any framework that we wait only until then. */
const USUAL_ROOTS = "#root,#app";
const USUAL_UNTIL_MS = 10_000;
/** Next's and React Router's data for hydrating the whole document. */
const OF_DOCUMENT = ["__next_f", "__reactRouterContext", "__remixContext"];

/** React's keys on each element that it knows; Vue's on a root, when all of it is taken over. */
const KNOWN = /^(__reactFiber\$|__reactInternalInstance\$|_reactRootContainer$|__vue_app__$)/;
const CONTAINER = /^__reactContainer\$/;
/** React's comments around a part that may be taken over later than the rest. */
const OPENS = /^(\$[?!~]?|&)$/;
const CLOSES = /^\/[$&]$/;

/**
 * @param {Element} element
 * @param {number} now_ms since the page's start
 * @returns {boolean}
 */
export function isToHydrate(element, now_ms) {
  if (element.closest(UNTIL_GONE)) return true;
  let isKnown = false;
  let isLater = false;
  for (let node = /** @type {Node | null} */ (element); node; node = above(node)) {
    const keys = Object.keys(node);
    const container = keys.find((key) => CONTAINER.test(key));
    // React takes over in slices, a frame may fall between two: the root knows when all is done.
    if (container) return isLater || isDehydrated(/** @type {any} */ (node)[container]);
    isKnown ||= keys.some((key) => KNOWN.test(key));
    isLater ||= !isKnown && isBetweenMarks(node);
  }
  if (isKnown) return isLater;
  const isWhole = OF_DOCUMENT.some((name) => name in globalThis);
  return isWhole || !!element.closest(now_ms < USUAL_UNTIL_MS ? `${NAMED_ROOTS},${USUAL_ROOTS}` : NAMED_ROOTS);
}

/**
 * Does a framework render it, or will one?
 * @param {Element} element
 */
export function isOwned(element) {
  for (let node = /** @type {Node | null} */ (element); node; node = above(node))
    if (Object.keys(node).some((key) => KNOWN.test(key) || CONTAINER.test(key))) return true;
  return isToHydrate(element, 0);
}

/**
 * Not `node.parentNode`: of a form that may be its field of this name, and the way up would have no end.
 * @param {Node} node
 * @returns {Node | null}
 */
const above = (node) => parentOf.call(node);
const parentOf = /** @type {() => Node | null} */ (Object.getOwnPropertyDescriptor(Node.prototype, "parentNode")?.get);

/** @param {any} fiber React's own, of a root; nothing of it is certain */
const isDehydrated = (fiber) => fiber?.stateNode?.current?.memoizedState?.isDehydrated === true;

/** @param {Node} node */
function isBetweenMarks(node) {
  let depth = 0;
  for (let before = node.previousSibling; before; before = before.previousSibling) {
    if (!(before instanceof Comment)) continue;
    if (CLOSES.test(before.data)) depth -= 1;
    else if (OPENS.test(before.data)) depth += 1;
    if (depth > 0) return true;
  }
  return false;
}
