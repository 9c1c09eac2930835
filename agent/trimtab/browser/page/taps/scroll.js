/** Scrolling of the page, once a frame. */

import { NONE, SCROLL } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapScroll({ scope, recorder }) {
  let stamp = performance.now();
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
  recorder.later(read); // a reloaded page starts where it was left
}
