/** The window's size. */

import { NONE, RESIZE } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapResize({ scope, recorder }) {
  let stamp = 0;
  const read = () => recorder.record(RESIZE, stamp, NONE, innerWidth, innerHeight);

  scope.listen(window, "resize", (event) => {
    stamp = event.timeStamp;
    recorder.later(read);
  });
}
