/** The mouse enters or leaves a target. Touch and pen do not hover: what they enter, they press. */

import { ENTER, LEAVE } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapHover({ recorder, targets }) {
  targets.each((index, element, scope) => {
    let inside = false;

    /** @param {boolean} now @param {number} stamp */
    function turn(now, stamp) {
      if (now !== inside) recorder.record(now ? ENTER : LEAVE, stamp, index);
      inside = now;
    }

    scope.listen(element, "pointerenter", (/** @type {PointerEvent} */ event) => {
      if (event.pointerType === "mouse") turn(true, event.timeStamp);
    });
    scope.listen(element, "pointerleave", (event) => turn(false, event.timeStamp));
    scope.onEnd(() => turn(false, performance.now())); // an element that goes leaves no event behind
  });
}
