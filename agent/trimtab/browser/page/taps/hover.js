/** The pointer enters or leaves a target. */

import { ENTER, LEAVE } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapHover({ recorder, targets }) {
  targets.each((index, element, scope) => {
    scope.listen(element, "pointerenter", (event) => recorder.record(ENTER, event.timeStamp, index));
    scope.listen(element, "pointerleave", (event) => recorder.record(LEAVE, event.timeStamp, index));
  });
}
