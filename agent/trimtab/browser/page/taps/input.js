/** That something was typed into a target, and whether it corrected. What was typed is never looked at. */

import { INPUT } from "../messages.js";

const CORRECTS = /^(delete|history)/;

/** @param {import("../tap.js").Tap} tap */
export function tapInput({ scope, recorder, targets }) {
  scope.listen(
    document,
    "input",
    (/** @type {InputEvent} */ event) => {
      targets.around(event).forEach((target, outwards) => {
        const corrects = outwards === 0 && CORRECTS.test(event.inputType ?? ""); // one correction, told once
        recorder.record(INPUT, event.timeStamp, target, corrects ? 1 : 0);
      });
    },
    true,
  );
}
