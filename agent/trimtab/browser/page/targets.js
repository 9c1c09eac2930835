/** The targets: the first element that each declared selector matches, whenever it comes and goes. */

import { NONE } from "./messages.js";

/** How long a page may go on changing before we look for a missing target again. */
const LOOK_EVERY_MS = 200;

/**
 * @callback OnTarget
 * @param {number} index
 * @param {Element} element
 * @param {import("./scope.js").Scope} scope ends when the element is lost
 * @returns {void}
 *
 * @typedef {object} Targets
 * @property {(found: OnTarget) => void} each Called for every target as it is found.
 * @property {(event: Event) => number[]} around The targets that an event happened in, the innermost first.
 * @property {(event: Event) => number} of The innermost of them, or NONE.
 * @property {(index: number) => void} check Looks again if the element has left the document.
 * @property {() => void} look Looks for those that are missing.
 */

/**
 * @param {import("./messages.js").Target[]} declared
 * @param {import("./scope.js").Scope} scope
 * @returns {Targets}
 */
export function watchTargets(declared, scope) {
  /** @type {Map<Element, number[]>} several targets may be one element */
  const known = new Map();
  /** @type {Map<number, {element: Element, scope: import("./scope.js").Scope}>} */
  const found = new Map();
  /** @type {OnTarget[]} */
  const hooks = [];
  /** @type {Set<number>} */
  const missing = new Set(declared.keys());
  let timer = 0;

  const observer = new MutationObserver(() => {
    if (!timer) timer = window.setTimeout(look, LOOK_EVERY_MS);
  });
  scope.onEnd(() => {
    observer.disconnect();
    clearTimeout(timer);
  });

  /** @param {number} index @param {Element} element */
  function take(index, element) {
    missing.delete(index);
    const inner = scope.child();
    found.set(index, { element, scope: inner });
    known.set(element, [...(known.get(element) ?? []), index]);
    for (const hook of hooks) hook(index, element, inner);
  }

  const look = scope.guarded(() => {
    timer = 0;
    observer.disconnect();
    for (const index of [...missing]) {
      const element = scope.signal.aborted ? null : find(declared[index].selector);
      if (element) take(index, element);
    }
    if (missing.size) observer.observe(document, { childList: true, subtree: true });
  });

  /** @param {Event} event */
  const around = (event) => event.composedPath().flatMap((node) => known.get(/** @type {Element} */ (node)) ?? []);

  return {
    each: (hook) => hooks.push(hook),
    around,
    of: (event) => around(event)[0] ?? NONE,
    check(index) {
      const target = found.get(index);
      if (!target || target.element.isConnected) return;
      found.delete(index);
      known.delete(target.element);
      target.scope.end();
      missing.add(index);
      look();
    },
    look,
  };
}

/**
 * A selector that the browser does not understand finds nothing; the build has refused it already.
 * @param {string} selector
 * @returns {Element | null}
 */
function find(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}
