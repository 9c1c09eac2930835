/** One timer for all that has a time to wait for. */

/**
 * @param {() => void} ring
 * @param {import("./scope.js").Scope} scope
 * @returns {(at_ms: number) => void} rings at this time, or earlier if that was asked for
 */
export function createAlarm(ring, scope) {
  let next_ms = Infinity;
  let timer = 0;
  scope.onEnd(() => clearTimeout(timer));
  return (at_ms) => {
    if (at_ms >= next_ms) return;
    clearTimeout(timer);
    next_ms = at_ms;
    timer = window.setTimeout(
      scope.guarded(() => {
        next_ms = Infinity;
        ring();
      }),
      Math.max(0, at_ms - performance.now()),
    );
  };
}
