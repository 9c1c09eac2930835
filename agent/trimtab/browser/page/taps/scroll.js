/** Scrolling of the page, once a frame. */

import { NONE, SCROLL } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapScroll({ scope, recorder }) {
  let stamp = 0;
  let y = 0;

  const read = () => {
    if (scrollY === y) return; // sideways, or back where it was
    y = scrollY;
    recorder.record(SCROLL, stamp, NONE, y);
  };

  scope.listen(document, "scroll", (event) => {
    stamp = event.timeStamp;
    recorder.later(read);
  });
  recorder.later(() => {
    if (!scrollY) return;
    y = scrollY;
    recorder.record(SCROLL, 0, NONE, y); // the page stood there when it began to be observed: nobody went there now
  });
}
