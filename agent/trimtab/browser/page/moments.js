/** Safe moments: when an element may change although things around it move. */

/**
 * How long a browser excuses a shift after an input.
 * https://wicg.github.io/layout-instability/#dom-layoutshift-hadrecentinput
 */
const EXCUSED_MS = 500;
/** The change still has to reach the screen within that time. */
const TO_PAINT_MS = 50;
/** An input is painted in the next frame of 60 in a second. */
const FRAME_MS = 16;

/**
 * @typedef {object} Moments
 * @property {(element: Element) => boolean} touched Whether it was clicked, tapped or typed on a moment ago.
 * @property {() => boolean} isFresh Whether the visitor has done something that is to be painted yet.
 * @property {(elements: Set<Element>) => void} await Calls back when one of them is touched or goes below the window.
 */

/**
 * Scrolling and pointer movement are no excuse, so they are not looked at.
 * @param {() => void} onMoment
 * @param {import("./scope.js").Scope} scope
 * @returns {Moments}
 */
export function watchMoments(onMoment, scope) {
  /** @type {EventTarget[]} */
  let path = [];
  let touchedAt = -Infinity;
  /** @type {Set<Element>} */
  let waiting = new Set();

  for (const type of ["click", "keydown"]) {
    scope.listen(
      document,
      type,
      (event) => {
        if (!event.isTrusted) return; // the browser excuses nothing that a script has made up
        path = event.composedPath();
        touchedAt = event.timeStamp;
        if (path.some((node) => waiting.has(/** @type {Element} */ (node)))) onMoment();
      },
      true,
    );
  }

  const observer = new IntersectionObserver(
    scope.guarded((/** @type {IntersectionObserverEntry[]} */ entries) => {
      if (entries.some((entry) => !entry.isIntersecting && entry.boundingClientRect.top > 0)) onMoment();
    }),
  );
  scope.onEnd(() => observer.disconnect());

  return {
    touched: (element) => performance.now() - touchedAt < EXCUSED_MS - TO_PAINT_MS && path.includes(element),
    isFresh: () => performance.now() - touchedAt < FRAME_MS,
    await(elements) {
      for (const element of waiting) if (!elements.has(element)) observer.unobserve(element);
      for (const element of elements) if (!waiting.has(element)) observer.observe(element);
      waiting = elements;
    },
  };
}
