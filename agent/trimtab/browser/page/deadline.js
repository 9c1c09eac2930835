/** A deadline that counts only time in which the page was shown and awake. */

const TICK_MS = 5000;

/**
 * @typedef {object} Deadline
 * @property {(seconds: number) => void} set Starts, unless it is running; a multiple of five.
 * @property {() => void} met Stops.
 */

/**
 * One tick in five seconds: a laptop that slept, or a page that was frozen, gets a single tick for all that time.
 * @param {() => void} onMissed
 * @param {import("./scope.js").Scope} scope
 * @returns {Deadline}
 */
export function createDeadline(onMissed, scope) {
  let timer = 0;
  let left = 0;

  const met = () => {
    clearInterval(timer);
    timer = 0;
  };
  const tick = scope.guarded(() => {
    if (document.visibilityState !== "visible") return;
    left -= TICK_MS / 1000;
    if (left > 0) return;
    met();
    onMissed();
  });
  scope.onEnd(met);

  return {
    set(seconds) {
      if (timer) return;
      left = seconds;
      timer = window.setInterval(tick, TICK_MS);
    },
    met,
  };
}
