/** That something was typed into a target, and whether it corrected. What was typed is never looked at. */

import { INPUT, NONE } from "../messages.js";

const CORRECTS = /^(delete|history)/;

/** @param {import("../tap.js").Tap} tap */
export function tapInput({ scope, recorder, targets }) {
  scope.listen(
    document,
    "input",
    (/** @type {InputEvent} */ event) => {
      const target = targets.of(event);
      if (target === NONE) return;
      recorder.record(INPUT, event.timeStamp, target, CORRECTS.test(event.inputType ?? "") ? 1 : 0);
    },
    true,
  );
}
