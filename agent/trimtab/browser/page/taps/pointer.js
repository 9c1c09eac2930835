/** The pointer's way: one point an event, which browsers send once a frame. */

import { NONE, POINTER } from "../messages.js";

const TYPES = ["mouse", "touch", "pen"];

/** @param {import("../tap.js").Tap} tap */
export function tapPointer({ scope, recorder }) {
  scope.listen(
    document,
    "pointermove",
    (/** @type {PointerEvent} */ event) => {
      const type = Math.max(0, TYPES.indexOf(event.pointerType));
      recorder.record(POINTER, event.timeStamp, NONE, event.clientX, event.clientY, type);
    },
    true,
  );
}
