/** The pointer's way, coalesced to one point a frame. */

import { NONE, POINTER } from "../messages.js";

const TYPES = ["mouse", "touch", "pen"];

/** @param {import("../tap.js").Tap} tap */
export function tapPointer({ scope, recorder }) {
  let stamp = 0;
  let x = 0;
  let y = 0;
  let type = 0;

  const read = () => recorder.record(POINTER, stamp, NONE, x, y, type);

  scope.listen(
    document,
    "pointermove",
    (/** @type {PointerEvent} */ event) => {
      stamp = event.timeStamp;
      x = event.clientX;
      y = event.clientY;
      type = Math.max(0, TYPES.indexOf(event.pointerType));
      recorder.later(read);
    },
    true,
  );
}
