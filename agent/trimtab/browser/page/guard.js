/** Notices when the page has changed something, which may be what we hold. */

/** A page that changes all the time is looked at this often. */
const LOOK_EVERY_MS = 200;

/**
 * @typedef {object} Guard
 * @property {() => void} watch From now on every change is the page's.
 * @property {() => void} rest From now on changes are our own.
 * @property {() => number} touched_ms When the page last changed something, as far as we heard.
 */

/**
 * After the first change we are deaf until `watch`: what a busy page costs is one call for each look, no more. The
 * first look comes at once, so that what is mended was never painted.
 * @param {() => void} onTouch
 * @param {import("./scope.js").Scope} scope
 * @returns {Guard}
 */
export function watchPage(onTouch, scope) {
  let looked_ms = -Infinity;
  let touched_ms = -Infinity;
  let timer = 0;
  const touched = scope.guarded(() => {
    timer = 0;
    looked_ms = touched_ms = performance.now(); // it may have gone on while we were deaf
    onTouch();
  });
  const observer = new MutationObserver(() => {
    observer.disconnect();
    touched_ms = performance.now();
    const wait_ms = looked_ms + LOOK_EVERY_MS - touched_ms;
    if (wait_ms > 0) timer = window.setTimeout(touched, wait_ms);
    else touched();
  });
  const rest = () => observer.disconnect();
  scope.onEnd(() => {
    rest();
    clearTimeout(timer);
  });

  return {
    watch() {
      if (!timer) observer.observe(document, { childList: true, subtree: true, attributes: true });
    },
    rest,
    touched_ms: () => (timer ? performance.now() : touched_ms), // while we are deaf it may be changing
  };
}
