/** Where targets stand, how tall they and the document are, how many words they hold. */

import { onceIdle } from "../idle.js";
import { BOX, DOCUMENT, LAYOUT, NONE } from "../messages.js";
import { countWords, UNKNOWN } from "./words.js";

/** A text that goes on growing is counted again so often. */
const RECOUNT_MS = 1000;
/** A text that is as high as before, but for so small a share, has about as many words. */
const SAME_HEIGHT = 0.02;

/** @param {import("../tap.js").Tap} tap */
export function tapLayout({ scope, recorder, targets }) {
  /** @type {Set<() => void>} */
  const looks = new Set();
  let documentHeight = 0;

  /** Runs right after layout or a paint, so reading it costs nothing. */
  const lookAtAll = scope.guarded(() => {
    const height = document.documentElement.scrollHeight;
    if (height !== documentHeight) recorder.record(DOCUMENT, performance.now(), NONE, height);
    documentHeight = height;
    for (const look of looks) look();
  });
  const observer = new ResizeObserver(lookAtAll);
  observer.observe(document.documentElement);
  // What is moved within the document without a change of size is noticed by nobody else.
  targets.after(() => recorder.later(lookAtAll));
  scope.onEnd(() => observer.disconnect());

  targets.each((index, element, life) => {
    let top = NaN;
    let height = NaN;
    let left = NaN;
    let width = NaN;
    let words = UNKNOWN;
    /** How high it was when its words were counted. */
    let counted_px = NaN;
    let isCounting = false;
    let isStale = false;

    function look() {
      const rect = element.getBoundingClientRect();
      const rows = [Math.round(rect.top + scrollY), Math.round(rect.height)];
      const columns = [Math.round(rect.left + scrollX), Math.round(rect.width)];
      if (!(Math.abs(rows[1] - counted_px) <= counted_px * SAME_HEIGHT)) recount(rows[1]);
      if (columns[0] !== left || columns[1] !== width) {
        [left, width] = columns;
        recorder.record(BOX, performance.now(), index, left, width);
      }
      if (rows[0] === top && rows[1] === height) return;
      [top, height] = rows;
      recorder.record(LAYOUT, performance.now(), index, top, height, words);
      targets.check(index);
    }

    /** @param {number} height_px */
    function recount(height_px) {
      isStale = true;
      counted_px = height_px;
      if (isCounting) return;
      isCounting = true;
      onceIdle(count);
    }

    const count = life.guarded(() => {
      isStale = false;
      countWords(element, life, (counted) => {
        setTimeout(rest, RECOUNT_MS);
        if (counted === words) return;
        words = counted;
        recorder.record(LAYOUT, performance.now(), index, top, height, words);
      });
    });

    const rest = life.guarded(() => {
      isCounting = false;
      if (isStale) recount(height);
    });

    looks.add(look);
    observer.observe(element);
    life.onEnd(() => {
      looks.delete(look);
      observer.unobserve(element);
    });
  });
}
