/** The pointer's way; where no rule can read it, no more than that somebody is there. */

import { NONE, POINTER } from "../messages.js";

const TYPES = ["mouse", "touch", "pen"];
/** Several points for each step of the speeds (`signals.pace.STEP_MS`); screens of 60 and more frames a second send more. */
const EVERY_MS = 40;
/** So late may attention end too early; it lasts six times as long (`signals.attention.IDLE_LIMIT_MS`). */
const GLANCE_MS = 5000;

/** @param {import("../tap.js").Tap} tap */
export function tapPointer({ scope, recorder }) {
  let [stamp, x, y, type] = [0, 0, 0, 0];
  let written_ms = -Infinity;
  let isNew = false;

  function write() {
    if (!isNew) return;
    isNew = false;
    written_ms = stamp;
    recorder.record(POINTER, stamp, NONE, x, y, type);
  }

  /** @param {PointerEvent} event */
  function look(event) {
    const before = type;
    isNew = true;
    ({ timeStamp: stamp, clientX: x, clientY: y } = event);
    type = Math.max(0, TYPES.indexOf(event.pointerType));
    if (stamp - written_ms < EVERY_MS && type === before) recorder.later(write);
    else write();
  }

  /** Between two glances nobody listens: without a listener the browser makes no event of a movement at all. */
  function glance() {
    const wait = scope.child();
    const seen = (/** @type {PointerEvent} */ event) => {
      wait.end();
      look(event);
      timer = window.setTimeout(scope.guarded(glance), GLANCE_MS);
    };
    wait.listen(document, "pointermove", seen, true);
  }

  let timer = 0;
  scope.onEnd(() => clearTimeout(timer));
  if (globalThis.TRIMTAB_POINTS === false) glance();
  else scope.listen(document, "pointermove", look, true);
}
