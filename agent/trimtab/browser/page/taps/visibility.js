/** Which share of a target is in the window. */

import { VISIBLE } from "../messages.js";

const STEPS = 10;

/**
 * Ten steps between hidden and all of it; for a target taller than the window, ten between hidden and a window full.
 * @param {number} height_px of the target
 * @param {number} window_px
 * @returns {number[]}
 */
export function thresholds(height_px, window_px) {
  const most = height_px > window_px ? window_px / height_px : 1;
  return Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * most);
}

/** @param {import("../tap.js").Tap} tap */
export function tapVisibility({ scope, recorder, targets }) {
  targets.each((index, element, life) => {
    let height = 0;
    let windowHeight = 0;
    let share = -1;
    /** A busy Firefox dates what it sees to the frame, which may have begun before the element it is told of came to be it. */
    const begun_ms = performance.now();
    /** @type {IntersectionObserver} */
    let observer;

    const saw = life.guarded((/** @type {IntersectionObserverEntry[]} */ entries) => {
      const entry = entries[entries.length - 1];
      const now = entry.isIntersecting ? entry.intersectionRatio : 0;
      if (now !== share) recorder.record(VISIBLE, Math.max(entry.time, begun_ms), index, now);
      share = now;
      measure(entry.boundingClientRect.height, entry.rootBounds?.height ?? innerHeight);
      if (!now) targets.check(index);
    });

    /** @param {number} newHeight @param {number} newWindow */
    function measure(newHeight, newWindow) {
      if (observer && newHeight === height && newWindow === windowHeight) return;
      height = newHeight;
      windowHeight = newWindow;
      observer?.disconnect();
      observer = new IntersectionObserver(saw, { threshold: thresholds(height, windowHeight) });
      observer.observe(element);
    }

    measure(0, 1);
    life.onEnd(() => {
      observer.disconnect();
      if (share > 0 && !scope.signal.aborted) recorder.record(VISIBLE, performance.now(), index, 0);
    });
  });
}
