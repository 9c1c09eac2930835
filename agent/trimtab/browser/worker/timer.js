/** The page's time in the worker, and one timer. */

/** The page may be busy just then: three frames of 60 in a second, and the way to here. */
const LATE_MS = 50;
/** What setTimeout can wait at most. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * @typedef {object} Timer
 * @property {() => number} now ms since the page's start; never runs backwards
 * @property {() => number} told The page has told all that happened before, unless it is very busy.
 * @property {(page_ms: number) => number} meet The page says what time it is.
 * @property {(wake_at_ms: number | null, wake: () => void) => void} set Wakes when all that happened before has been
 *   told. Replaces the one before; null: no waking.
 */

/**
 * @param {number} origin_ms wall clock of the page's start
 * @param {number} tell_ms at whose multiples the page has told what went on
 * @returns {Timer}
 */
export function createTimer(origin_ms, tell_ms) {
  let latest_ms = 0;
  let timer = 0;

  /** @param {number} now_ms */
  const meet = (now_ms) => (latest_ms = Math.max(latest_ms, now_ms));
  const now = () => meet(performance.timeOrigin + performance.now() - origin_ms);

  return {
    now,
    told: () => Math.floor((now() - LATE_MS) / tell_ms) * tell_ms + 1,
    meet,
    set(wake_at_ms, wake) {
      clearTimeout(timer);
      if (wake_at_ms === null) return;
      const wait_ms = Math.ceil(Math.ceil(wake_at_ms / tell_ms) * tell_ms + LATE_MS - now());
      timer = self.setTimeout(wake, Math.min(Math.max(0, wait_ms), LONGEST_MS));
    },
  };
}
