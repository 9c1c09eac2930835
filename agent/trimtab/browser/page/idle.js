/** Waiting until the page is done with its own things. */

const IDLE_TIMEOUT_MS = 3000;
/** Where there is no requestIdleCallback (Safari): long enough for the handlers of `load`. */
const IDLE_GUESS_MS = 300;

/**
 * A prerendered page may never be seen.
 * @param {import("./scope.js").Scope} scope
 * @param {() => void} go
 */
export function whenActivated(scope, go) {
  once(document, "prerenderingchange", scope, () => !document.prerendering, go);
}

/**
 * There and seen. Who leaves before the page is loaded was there all the same.
 * @param {import("./scope.js").Scope} scope
 * @param {() => void} go
 */
export function whenSeen(scope, go) {
  const seen = () => once(document, "visibilitychange", scope, () => document.visibilityState === "visible", go);
  once(document, "DOMContentLoaded", scope, () => document.readyState !== "loading", seen);
}

/**
 * Loaded, seen and idle, in this order.
 * @param {import("./scope.js").Scope} scope
 * @param {() => void} go
 */
export function whenIdle(scope, go) {
  const idle = () => onceIdle(scope.guarded(go));
  const seen = () => once(document, "visibilitychange", scope, () => document.visibilityState === "visible", idle);
  once(window, "load", scope, () => document.readyState === "complete", seen);
}

/** @param {() => void} work */
export function onceIdle(work) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: IDLE_TIMEOUT_MS });
  else setTimeout(work, IDLE_GUESS_MS);
}

/**
 * @param {EventTarget} target
 * @param {string} type of the event that may make it true
 * @param {import("./scope.js").Scope} scope
 * @param {() => boolean} isTrue
 * @param {() => void} go
 */
function once(target, type, scope, isTrue, go) {
  if (isTrue()) return go();
  const wait = scope.child();
  wait.listen(target, type, () => {
    if (!isTrue()) return;
    wait.end();
    go();
  });
}
