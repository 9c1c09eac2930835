/** Whether anybody can see the page. A hidden page may never come back, so what is known goes out at once. */

import { HIDDEN, SHOWN } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapShown({ scope, recorder }) {
  let shown = true;

  /** @param {boolean} now @param {number} stamp */
  function turn(now, stamp) {
    if (now === shown) return;
    shown = now;
    recorder.record(shown ? SHOWN : HIDDEN, stamp);
    if (!shown) recorder.tell(true);
  }

  turn(document.visibilityState === "visible", performance.now());
  scope.listen(document, "visibilitychange", (event) => {
    turn(document.visibilityState === "visible", event.timeStamp);
  });
  scope.listen(window, "pagehide", (event) => turn(false, event.timeStamp));
  scope.listen(window, "pageshow", (event) => {
    turn(document.visibilityState === "visible", event.timeStamp);
  });
}
