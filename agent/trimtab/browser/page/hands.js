/** Where the visitor's hands are: what is under the mouse or a finger, selected, or has the focus in it, does not begin to change. */

import { upFrom } from "./up.js";

/** What may take the mouse or the focus elsewhere; a page that scrolls goes on below a mouse that rests. */
const MOVES = ["pointerover", "pointerout", "scroll", "focusin", "focusout", "selectionchange", "fullscreenchange"];
/**
 * The click comes so late after the finger has left where a second tap would zoom.
 * https://developer.chrome.com/blog/300ms-tap-delay-gone-away
 */
const CLICK_MS = 400;

/**
 * @typedef {object} Hands
 * @property {(element: Element) => boolean} press Whether a finger or pen is on it, or was and its click is to come.
 * @property {(element: Element) => boolean} pointAt Whether the mouse is on it.
 * @property {(isWaiting: boolean) => void} await Whether anything waits for them: else nobody listens.
 * @property {(element: Element) => boolean} focus Whether the focus or what fills the screen is in it, or text
 *   of it is selected: all would be lost.
 */

/**
 * @param {() => void} onMove They may be elsewhere now.
 * @param {import("./scope.js").Scope} scope
 * @returns {Hands}
 */
export function watchHands(onMove, scope) {
  const mouse = matchMedia("(hover: hover)"); // a finger leaves `:hover` behind where it last was
  /** @type {import("./scope.js").Scope | null} */
  let wait = null;
  /** @type {Map<number, EventTarget[]>} what each of them has gone through that came down */
  const pressed = new Map();
  const free = scope.guarded((/** @type {number} */ id, path = pressed.get(id)) => {
    if (pressed.get(id) === path) pressed.delete(id); // else it has come down again
    onMove();
  });
  /** @param {string} type @param {(event: PointerEvent) => void} work */
  const hear = (type, work) => scope.listen(document, type, work, true);
  hear("pointerdown", (event) => {
    if (event.pointerType !== "mouse") pressed.set(event.pointerId, event.composedPath());
  });
  hear("pointerup", ({ pointerId: id }) => void setTimeout(free, CLICK_MS, id, pressed.get(id)));
  hear("pointercancel", ({ pointerId: id }) => free(id));
  hear("click", ({ isTrusted }) => {
    if (!isTrusted) return; // of a script, which may come while the finger is down
    pressed.clear(); // not every browser says which finger it is of
    onMove();
  });
  return {
    await(isWaiting) {
      if (isWaiting === !!wait) return;
      wait?.end();
      wait = isWaiting ? scope.child() : null;
      for (const type of MOVES) wait?.listen(document, type, onMove, true);
    },
    press: (element) => [...pressed.values()].some((path) => path.includes(element)),
    pointAt: (element) => mouse.matches && element.matches(":hover"),
    focus(element) {
      const active = deepest("activeElement");
      if (active !== document.body && isIn(active, element)) return true;
      if (isIn(deepest("fullscreenElement"), element)) return true;
      const selection = getSelection();
      if (selection?.type !== "Range") return false; // `isCollapsed` is true of all in a shadow root, in WebKit
      if (selection.containsNode(element, true)) return true;
      /** @type {ShadowRoot[]} those that it lies in; what lies in others counts as their host */
      const shadowRoots = [];
      for (let root; (root = (shadowRoots[0]?.host ?? element).getRootNode()) instanceof ShadowRoot; ) shadowRoots.unshift(root);
      if (shadowRoots.some(({ host }) => selection.containsNode(host))) return true;
      // https://w3c.github.io/selection-api/#dom-selection-getcomposedranges
      const at = selection.getComposedRanges?.({ shadowRoots })[0] ?? selection.getRangeAt(0);
      const range = new Range();
      range.setStart(at.startContainer, at.startOffset);
      range.setEnd(at.endContainer, at.endOffset);
      return isIn(at.startContainer, element) || isIn(at.endContainer, element) || range.intersectsNode(element);
    },
  };
}

/**
 * What the document says has it, or what has it in there, as far as shadow roots are open.
 * @param {"activeElement" | "fullscreenElement"} what
 */
function deepest(what) {
  let at = document[what];
  for (let inner; (inner = at?.shadowRoot?.[what]); ) at = inner;
  return at;
}

const isIn = (/** @type {Node | null} */ node, /** @type {Element} */ element) => [...upFrom(node)].includes(element);
