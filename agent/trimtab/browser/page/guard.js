/** Notices when the page has changed something, which may be what we hold. */

/** A page that changes all the time is looked at this often. */
const LOOK_EVERY_MS = 200;

/**
 * @typedef {object} Guard
 * @property {() => void} watch From now on every change is the page's.
 * @property {() => void} rest From now on changes are our own.
 * @property {(host: Element) => void} enter The page's changes in its shadow root are seen too.
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
  /** @type {Set<Node>} */
  const roots = new Set([document]);
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
      if (timer) return;
      for (const root of roots) {
        if (root.isConnected) observer.observe(root, { childList: true, subtree: true, attributes: true });
        else roots.delete(root); // its host has gone: who looks for the target enters it again
      }
    },
    rest,
    enter: ({ shadowRoot }) => void (shadowRoot && roots.add(shadowRoot)),
    touched_ms: () => (timer ? performance.now() : touched_ms), // while we are deaf it may be changing
  };
}
