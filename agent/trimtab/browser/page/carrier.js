/**
 * The visit on its way to the next page of this tab. What it says is Python's; the page adds when it was left, here and
 * on the wall clock.
 */

import { forget, recall, SEED, SHOWN, store, VISIT } from "./storage.js";

const SEED_LETTERS = 32;

/**
 * @typedef {object} Carrier
 * @property {string | null} found What the page before left.
 * @property {(visit: string) => void} carry
 * @property {() => void} forget
 */

/**
 * @param {import("./clock.js").Clock} clock
 * @param {() => boolean} may whether the visitor permits it, now
 * @param {() => void} keep Stores what is shown, when the page is left.
 * @param {import("./scope.js").Scope} scope when it ends, the visit does not go on anywhere
 * @returns {Carrier}
 */
export function createCarrier(clock, may, keep, scope) {
  let written = may() ? recall(VISIT) : null;
  const found = written && written.slice(SEED_LETTERS);
  let latest = "";

  function write() {
    // A page that the back/forward cache gives back finds the word of a later one, which counts.
    const seed = recall(SEED);
    if (!latest || !seed || !may() || recall(VISIT) !== written) return false;
    written = `${seed}{"left_ms":${clock.of(performance.now())},"left_at_ms":${Date.now()},"visit":${latest}}`;
    return store(VISIT, written);
  }

  /** @type {Carrier} */
  const carrier = {
    found,
    carry(visit) {
      latest = visit;
      write();
    },
    forget() {
      latest = "";
      written = null;
      [VISIT, SHOWN].forEach(forget);
    },
  };
  scope.listen(window, "pagehide", () => write() && keep());
  scope.onEnd(carrier.forget);
  return carrier;
}
