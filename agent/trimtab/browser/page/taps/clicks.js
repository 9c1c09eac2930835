/** Clicks and taps. They go out at once: somebody waits for what follows. */

import { CLICK } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapClicks({ scope, recorder, targets }) {
  scope.listen(
    document,
    "click",
    (event) => {
      recorder.record(CLICK, event.timeStamp, targets.of(event));
      recorder.tell();
    },
    true,
  );
}
