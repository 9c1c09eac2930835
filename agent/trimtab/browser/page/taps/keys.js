/** When a key went down. Which one is never looked at. */

import { KEY } from "../messages.js";

/** @param {import("../tap.js").Tap} tap */
export function tapKeys({ scope, recorder }) {
  scope.listen(document, "keydown", (event) => recorder.record(KEY, event.timeStamp), true);
}
