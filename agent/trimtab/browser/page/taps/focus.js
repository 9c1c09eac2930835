/** Focus that enters or leaves a target, in itself or in something inside it. */

import { BLUR, FOCUS } from "../messages.js";

/** Signs of life after which we look whether the focus has gone without a word. */
const LATER = ["scroll", "pointerover", "keydown"];

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

  targets.each((index, _element, life) => {
    life.onEnd(() => turnTo(focused.filter((target) => target !== index), performance.now()));
  });
  scope.listen(document, "focusin", (event) => turnTo(targets.around(event), event.timeStamp));
  scope.listen(document, "focusout", (/** @type {FocusEvent} */ event) => {
    if (!event.relatedTarget) turnTo([], event.timeStamp);
  });
  // What is removed with the focus in it leaves no event behind, nor does what is hidden.
  // https://html.spec.whatwg.org/multipage/interaction.html#focus-fixup-step
  for (const type of LATER) {
    scope.listen(
      document,
      type,
      (event) => {
        if (focused.length && document.activeElement === document.body) turnTo([], event.timeStamp);
      },
      true,
    );
  }
}
