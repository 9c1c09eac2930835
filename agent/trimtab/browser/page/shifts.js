/**
 * Layout shift that we caused, as the browser measures it (Chromium alone). A shift is ours if all this is so:
 *
 * - In time: something that we hold changed its size, or was changed by us, and the shift came with the same frame or
 *   the next few. Sizes are watched for as long as we hold: an image or a font of ours may come late.
 * - In place: one of the nodes that moved is in what changed, around it, beside it or after it in the document. What
 *   comes before it elsewhere is not moved by it.
 *
 * - Alone: the page itself changed nothing in the document just before. Whose shift it was could not be told; and what
 *   we changed had been looked at, and moved nothing by itself. On a page that changes all the time we blame nobody.
 *
 * A shift that the browser excuses by an input is not counted, as in CLS. Of several changes the last one is blamed: it
 * was the nearest before. An image of the page's own that grows in what we hold may be taken for us; then a change is
 * lost that could have stayed, and nothing else.
 */

/** Changes are made in a frame, and its layout is measured at its end; frames of a busy page are long. */
const SAME_FRAME_MS = 100;
/** Clocks of pages are coarse. */
const CLOCK_MS = 1;
/** DOCUMENT_POSITION_FOLLOWING and DOCUMENT_POSITION_CONTAINS. https://dom.spec.whatwg.org/#interface-node */
const AFTER_OR_AROUND = 4 | 8;
/** What nobody will ask for any more. */
const FORGET_MS = 5000;

/**
 * @typedef {object} Shifts
 * @property {(element: Element) => void} hold It has just been changed, and is held from now on.
 * @property {(element: Element) => void} release It has just been changed back.
 *
 * @typedef {PerformanceEntry & {hadRecentInput: boolean, sources: {node: Node | null}[]}} LayoutShift
 */

/**
 * @param {(element: Element) => void} blame What we did to it has moved what is in view.
 * @param {() => number} touched_ms When the page last changed something.
 * @param {import("./scope.js").Scope} scope
 * @returns {Shifts}
 */
export function watchShifts(blame, touched_ms, scope) {
  const isMeasured = PerformanceObserver.supportedEntryTypes.includes("layout-shift"); // or the console would tell
  /** @type {Map<Element, number>} when it changed last, in this order */
  const changed = new Map();
  const mark = (/** @type {Element} */ element) => {
    if (!isMeasured) return;
    const now_ms = performance.now();
    changed.delete(element);
    changed.set(element, now_ms); // as the last one
    for (const [each, at_ms] of changed) {
      if (at_ms >= now_ms - FORGET_MS) break;
      changed.delete(each);
    }
  };

  const sizes = new ResizeObserver(scope.guarded((entries) => entries.forEach(({ target }) => mark(target))));
  const observer = new PerformanceObserver(
    scope.guarded((/** @type {PerformanceObserverEntryList} */ list) => {
      for (const entry of list.getEntries()) blameFor(/** @type {LayoutShift} */ (entry));
    }),
  );
  scope.onEnd(() => {
    sizes.disconnect();
    observer.disconnect();
  });

  /** @param {LayoutShift} shift */
  function blameFor({ startTime, hadRecentInput, sources }) {
    if (hadRecentInput || startTime - touched_ms() < SAME_FRAME_MS) return;
    const near = [...changed].filter(([element, at_ms]) => {
      const after_ms = startTime - at_ms;
      const isSoon = after_ms >= -CLOCK_MS && after_ms < SAME_FRAME_MS;
      return isSoon && sources.some(({ node }) => isMovedBy(element, node));
    });
    const last_ms = Math.max(...near.map(([, at_ms]) => at_ms));
    for (const [element, at_ms] of near) {
      if (at_ms < last_ms - 1) continue;
      changed.delete(element); // one shift is told once, also if it goes on in the next frames
      blame(element);
    }
  }

  return {
    hold(element) {
      mark(element);
      if (!isMeasured) return;
      observer.observe({ type: "layout-shift" }); // again and again is once
      sizes.observe(element, { box: "border-box" }); // a padding that grows moves what comes after it, too
    },
    release(element) {
      mark(element);
      sizes.unobserve(element);
    },
  };
}

/** @param {Element} element @param {Node | null} node */
function isMovedBy(element, node) {
  if (!node) return false;
  const where = element.compareDocumentPosition(node);
  const isBeside = !!element.parentNode?.contains(node);
  return isBeside || (where & AFTER_OR_AROUND) > 0;
}
