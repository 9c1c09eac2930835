/** Focus that enters or leaves a target. */

import { BLUR, FOCUS, NONE } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapFocus({ scope, recorder, targets }) {
  let focused = NONE;

  /** @param {number} target @param {number} stamp */
  function turnTo(target, stamp) {
    if (target === focused) return;
    if (focused !== NONE) recorder.record(BLUR, stamp, focused);
    if (target !== NONE) recorder.record(FOCUS, stamp, target);
    focused = target;
  }

  targets.each((index, _element, life) => {
    life.onEnd(() => {
      if (index === focused) turnTo(NONE, performance.now());
    });
  });
  scope.listen(document, "focusin", (event) => turnTo(targets.of(event), event.timeStamp));
  scope.listen(document, "focusout", (/** @type {FocusEvent} */ event) => {
    if (!event.relatedTarget) turnTo(NONE, event.timeStamp);
  });
}
