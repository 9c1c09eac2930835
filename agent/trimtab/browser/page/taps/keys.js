/** When a key went down, and whether in something that can be typed in. Which one is never looked at. */

import { KEY, NONE } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapKeys({ scope, recorder }) {
  scope.listen(
    document,
    "keydown",
    (event) => {
      const [innermost] = event.composedPath();
      const isTyped = innermost instanceof Element && innermost.matches(":read-write");
      recorder.record(KEY, event.timeStamp, NONE, isTyped ? 0 : 1);
    },
    true,
  );
}
