/** That something was put in, whether it was text and whether it corrected. What was put in is never looked at. */

import { INPUT, NONE } from "../messages.js";

const CORRECTS = /^(delete|history)/;

/** @param {import("../tap.js").Tap} tap */
export function tapInput({ scope, recorder, targets }) {
  scope.listen(
    document,
    "input",
    (/** @type {InputEvent} */ event) => {
      const how = event.inputType ?? ""; // a box that is ticked has none
      const around = targets.around(event);
      (around.length ? around : [NONE]).forEach((target, outwards) => {
        const corrects = outwards === 0 && CORRECTS.test(how); // one correction, told once
        recorder.record(INPUT, event.timeStamp, target, corrects ? 1 : 0, how ? 1 : 0);
      });
    },
    true,
  );
}
