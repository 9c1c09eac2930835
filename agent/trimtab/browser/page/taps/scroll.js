/** Scrolling of the page: where it stands, about ten times a second. */

import { NONE, SCROLL } from "../messages.js";

/** So often that each step of the speeds (`signals.pace.STEP_MS`) has a place of its own. */
const EVERY_MS = 80;

/** @param {import("../tap.js").Tap} tap */
export function tapScroll({ scope, recorder }) {
  /** The page stood there when it began to be observed: nobody went there now. */
  let stamp = 0;
  let isFirst = true;
  let y = 0;
  let read_ms = 0;

  const read = () => {
    isFirst = false;
    read_ms = stamp;
    if (scrollY === y) return; // sideways, or back where it was
    y = scrollY;
    recorder.record(SCROLL, stamp, NONE, y);
  };

  /** Whoever begins to be observed is told of in the same frame, when it is laid out: reading costs nothing then. */
  const observer = new ResizeObserver(scope.guarded(read));
  const afterLayout = () => {
    observer.disconnect();
    observer.observe(document.documentElement);
  };
  scope.onEnd(() => observer.disconnect());

  scope.listen(document, "scroll", (event) => {
    if (isFirst) return;
    stamp = event.timeStamp;
    if (stamp - read_ms < EVERY_MS) recorder.later(read);
    else afterLayout();
  });
  afterLayout();
}
