/** Observing: one tap a kind of event. Taps record, nothing else; layout is read after a paint or by an observer. */

import { tapClicks } from "./taps/clicks.js";
import { tapFocus } from "./taps/focus.js";
import { tapHover } from "./taps/hover.js";
import { tapInput } from "./taps/input.js";
import { tapKeys } from "./taps/keys.js";
import { tapLayout } from "./taps/layout.js";
import { tapMarked } from "./taps/marked.js";
import { tapPointer } from "./taps/pointer.js";
import { tapResize } from "./taps/resize.js";
import { tapRoutes } from "./taps/routes.js";
import { tapScroll } from "./taps/scroll.js";
import { tapShown } from "./taps/shown.js";
import { tapVisibility } from "./taps/visibility.js";
import { watchTargets } from "./targets.js";

/**
 * @typedef {object} Tap What a tap works with.
 * @property {import("./scope.js").Scope} scope
 * @property {import("./recorder.js").Recorder} recorder
 * @property {import("./targets.js").Targets} targets
 */

/**
 * @param {import("./messages.js").Target[]} declared
 * @param {import("./recorder.js").Recorder} recorder
 * @param {import("./scope.js").Scope} scope
 * @returns {import("./targets.js").Targets}
 */
export function startTap(declared, recorder, scope) {
  const targets = watchTargets(declared, scope);
  const tap = { scope, recorder, targets };

  tapRoutes(tap);
  tapShown(tap);
  tapScroll(tap);
  tapResize(tap);
  tapPointer(tap);
  tapClicks(tap);
  tapMarked(tap);
  tapKeys(tap);
  tapFocus(tap);
  tapInput(tap);
  tapHover(tap);
  tapVisibility(tap);
  tapLayout(tap);

  targets.look();
  return targets;
}
