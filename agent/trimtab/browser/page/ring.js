/** The rows that wait for the worker, in time order and in constant memory. */

import { COLUMNS, PAGE, POINTER, SCROLL } from "./messages.js";

/** Half a minute of scrolling and pointing at 60 frames a second, in 96 KiB. */
export const CAPACITY = 2048;

/**
 * @typedef {object} Ring
 * @property {(kind: number, t_ms: number, target: number, a: number, b: number, c: number) => void} push
 * @property {(now_ms: number) => ArrayBuffer | null} take All rows, in time order; null if there are none. What comes
 *   later happens at `now_ms` or later: the worker decides about everything before.
 * @property {() => number} dropped How many rows were lost because nobody took them.
 */

/**
 * A full ring loses its oldest continuous sample (scroll, pointer) first: of those the newest say enough.
 * @param {number} [capacity] in rows
 * @returns {Ring}
 */
export function createRing(capacity = CAPACITY) {
  const rows = new Float64Array(capacity * COLUMNS);
  let head = 0;
  let count = 0;
  let dropped = 0;
  let taken_ms = 0;

  /** @param {number} index */
  const at = (index) => ((head + index) % capacity) * COLUMNS;

  /** @param {number} from @param {number} to */
  const move = (from, to) => rows.copyWithin(at(to), at(from), at(from) + COLUMNS);

  function loseOne() {
    let victim = -1;
    for (let index = 0; index < count && victim < 0; index += 1) {
      const kind = rows[at(index)];
      if (kind === SCROLL || kind === POINTER) victim = index;
    }
    if (victim < 0) victim = rows[at(0)] === PAGE ? 1 : 0;
    for (; victim > 0; victim -= 1) move(victim - 1, victim);
    head = (head + 1) % capacity;
    count -= 1;
    dropped += 1;
  }

  return {
    push(kind, t_ms, target, a, b, c) {
      if (count === capacity) loseOne();
      const time = Math.max(t_ms, taken_ms);
      let place = count;
      while (place > 0 && (rows[at(place - 1) + 1] > time || kind === PAGE)) {
        move(place - 1, place);
        place -= 1;
      }
      const start = at(place); // one by one: a list would be made and thrown away for each event of the page
      rows[start] = kind;
      rows[start + 1] = time;
      rows[start + 2] = target;
      rows[start + 3] = a;
      rows[start + 4] = b;
      rows[start + 5] = c;
      count += 1;
    },
    take(now_ms) {
      if (count === 0) return null;
      const out = new Float64Array(count * COLUMNS);
      const first = rows.subarray(at(0), Math.min(at(0) + out.length, rows.length));
      out.set(first);
      out.set(rows.subarray(0, out.length - first.length), first.length); // where the ring goes on round its end
      // A browser may round the time of an event up further than the time now.
      for (let time = 1; time < out.length; time += COLUMNS) out[time] = Math.min(out[time], now_ms);
      taken_ms = now_ms;
      head = 0;
      count = 0;
      return out.buffer;
    },
    dropped: () => dropped,
  };
}
