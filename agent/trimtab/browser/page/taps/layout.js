/** Where targets stand, how tall they and the document are, how many words they hold. */

import { onceIdle } from "../idle.js";
import { BOX, DOCUMENT, LAYOUT, NONE } from "../messages.js";
import { countWords } from "./words.js";

/** @param {import("../tap.js").Tap} tap */
export function tapLayout({ scope, recorder, targets }) {
  /** @type {Set<() => void>} */
  const looks = new Set();
  let documentHeight = 0;

  /** Runs right after layout, so reading it costs nothing. */
  const observer = new ResizeObserver(
    scope.guarded(() => {
      const height = document.documentElement.scrollHeight;
      if (height !== documentHeight) recorder.record(DOCUMENT, performance.now(), NONE, height);
      documentHeight = height;
      for (const look of looks) look();
    }),
  );
  observer.observe(document.documentElement);
  scope.onEnd(() => observer.disconnect());

  targets.each((index, element, life) => {
    let top = NaN;
    let height = NaN;
    let left = NaN;
    let width = NaN;
    let words = -1;

    function look() {
      const rect = element.getBoundingClientRect();
      const rows = [Math.round(rect.top + scrollY), Math.round(rect.height)];
      const columns = [Math.round(rect.left + scrollX), Math.round(rect.width)];
      if (rows[1] !== height) onceIdle(count);
      if (columns[0] !== left || columns[1] !== width) {
        [left, width] = columns;
        recorder.record(BOX, performance.now(), index, left, width);
      }
      if (rows[0] === top && rows[1] === height) return;
      [top, height] = rows;
      recorder.record(LAYOUT, performance.now(), index, top, height, words);
      targets.check(index);
    }

    const count = life.guarded(() => {
      const counted = countWords(element);
      if (counted === words) return;
      words = counted;
      recorder.record(LAYOUT, performance.now(), index, top, height, words);
    });

    looks.add(look);
    observer.observe(element);
    life.onEnd(() => {
      looks.delete(look);
      observer.unobserve(element);
    });
  });
}
