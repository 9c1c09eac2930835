/** Times in ms since the page's start; of a prerendered page, since its activation. */

const DAY_MS = 86_400_000;

/** @returns {number} days since 1970-01-01 UTC */
export const today = () => Math.floor(Date.now() / DAY_MS);

/**
 * @typedef {object} Clock
 * @property {number} origin_ms Wall clock of that start.
 * @property {(stamp: number) => number} of From an `event.timeStamp` or `performance.now()`.
 */

/** @returns {Clock} */
export function createClock() {
  const [navigation] = performance.getEntriesByType("navigation");
  const start = /** @type {{activationStart?: number}} */ (navigation ?? {}).activationStart ?? 0;
  return {
    origin_ms: performance.timeOrigin + start,
    of: (stamp) => Math.max(0, stamp - start),
  };
}
