/** The targets: the first element that each declared selector matches, whenever it comes and goes. */

import { NONE } from "./messages.js";
import { select } from "./selecting.js";

/** How long a page may go on changing before we look again. */
const LOOK_EVERY_MS = 200;
/** Of the page's time, looking takes a hundredth at most, however large the page is and however often it changes. */
const REST_PER_LOOK = 100;
/** What a selector may depend on besides the elements there are: attributes, by the signs that stand for them. */
const ATTRIBUTES = /[.#]|\[\s*([\w-]+)/g;
const SIGNS = /** @type {Record<string, string>} */ ({ ".": "class", "#": "id" });

/**
 * @callback OnTarget
 * @param {number} index
 * @param {Element} element
 * @param {import("./scope.js").Scope} scope ends when the element is lost
 * @returns {void}
 *
 * @typedef {object} Targets
 * @property {(found: OnTarget) => void} each Called for every target as it is found.
 * @property {(hook: () => void) => void} after Called after every look: the document has changed.
 * @property {(event: Event) => number[]} around The targets that an event happened in, the innermost first.
 * @property {(event: Event) => number} of The innermost of them, or NONE.
 * @property {(index: number) => void} check Looks again if the element has left the document.
 * @property {() => void} look Looks which element each target is now.
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
  /** @type {(() => void)[]} */
  const followers = [];
  /** @type {Set<string>} names of custom elements that are not defined yet */
  const undefinedYet = new Set();
  const how = { childList: true, subtree: true, attributeFilter: attributesOf(declared) };
  let timer = 0;
  let rest_ms = LOOK_EVERY_MS;

  /** Between a change and the next look nobody watches: a page that never rests costs no more than one that does. */
  const soon = scope.guarded(() => {
    observer.disconnect();
    if (!timer) timer = window.setTimeout(look, rest_ms);
  });
  const observer = new MutationObserver(soon);
  scope.onEnd(() => {
    observer.disconnect();
    clearTimeout(timer);
  });

  /** @param {number} index @param {Element} element */
  function take(index, element) {
    const inner = scope.child();
    found.set(index, { element, scope: inner });
    known.set(element, [...(known.get(element) ?? []), index]);
    for (const hook of hooks) hook(index, element, inner);
  }

  /** @param {number} index @param {Element} element */
  function lose(index, element) {
    const others = (known.get(element) ?? []).filter((other) => other !== index);
    if (others.length) known.set(element, others);
    else known.delete(element);
    found.get(index)?.scope.end();
    found.delete(index);
  }

  /** @param {Element} host */
  function watchRoot(host) {
    const { shadowRoot, localName } = host;
    if (shadowRoot) return observer.observe(shadowRoot, how);
    if (!localName.includes("-") || undefinedYet.has(localName)) return;
    undefinedYet.add(localName);
    void customElements.whenDefined(localName).then(soon);
  }

  const look = scope.guarded(() => {
    const begun_ms = performance.now();
    clearTimeout(timer);
    timer = 0;
    observer.disconnect();
    declared.forEach(({ selector }, index) => {
      const before = found.get(index)?.element ?? null;
      const element = select(selector, watchRoot);
      if (element === before || scope.signal.aborted) return;
      if (before) lose(index, before);
      if (element) take(index, element);
    });
    if (declared.length && !scope.signal.aborted) observer.observe(document, how);
    for (const follow of followers) follow();
    rest_ms = Math.max(LOOK_EVERY_MS, (performance.now() - begun_ms) * REST_PER_LOOK);
  });

  /** @param {Event} event */
  const around = (event) => event.composedPath().flatMap((node) => known.get(/** @type {Element} */ (node)) ?? []);

  return {
    each: (hook) => hooks.push(hook),
    after: (hook) => followers.push(hook),
    around,
    of: (event) => around(event)[0] ?? NONE,
    check(index) {
      if (found.get(index)?.element.isConnected === false) look();
    },
    look,
  };
}

/**
 * @param {import("./messages.js").Target[]} declared
 * @returns {string[]} The attributes whose change can make another element match.
 */
export function attributesOf(declared) {
  const all = declared.flatMap(({ selector }) => [...selector.matchAll(ATTRIBUTES)]);
  return [...new Set(all.map(([sign, name]) => name ?? SIGNS[sign]))];
}
