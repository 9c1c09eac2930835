/** Focus that enters or leaves a target, in itself or in something inside it. */

import { BLUR, FOCUS } from "../messages.js";

/** Signs of life after which we look whether the focus has gone without a word. */
const LATER = ["keydown", "click"];

/** @param {import("../tap.js").Tap} tap */
export function tapFocus({ scope, recorder, targets }) {
  /** @type {number[]} */
  let focused = [];

  /** @param {number[]} now @param {number} stamp */
  function turnTo(now, stamp) {
    for (const target of focused) if (!now.includes(target)) recorder.record(BLUR, stamp, target);
    for (const target of now) if (!focused.includes(target)) recorder.record(FOCUS, stamp, target);
    focused = now;
  }

  /** @param {Event | void} event */
  function look(event) {
    const isGone = focused.length && document.activeElement === document.body;
    if (isGone) turnTo([], event?.timeStamp ?? performance.now());
  }

  /** @param {import("../scope.js").Scope} life @param {Node} root */
  function listen(life, root) {
    life.listen(root, "focusin", (event) => turnTo(targets.around(event), event.timeStamp), true);
    life.listen(
      root,
      "focusout",
      (/** @type {FocusEvent} */ event) => {
        if (!event.relatedTarget) turnTo([], event.timeStamp);
      },
      true,
    );
  }

  targets.each((index, element, life) => {
    life.onEnd(() => turnTo(focused.filter((target) => target !== index), performance.now()));
    // What moves within a shadow root is not told outside of it.
    const root = element.getRootNode();
    if (root !== document) listen(life, root);
  });
  listen(scope, document);
  // What is removed with the focus in it leaves no event behind, nor does what is hidden.
  // https://html.spec.whatwg.org/multipage/interaction.html#focus-fixup-step
  targets.after(look);
  for (const type of LATER) scope.listen(document, type, look, true);
}
