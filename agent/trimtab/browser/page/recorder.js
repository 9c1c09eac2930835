/** What happened goes through here: into the ring, and from there to the worker, at most once a frame. */

import { NONE, PAGE } from "./messages.js";
import { CAPACITY } from "./ring.js";

/** Names that are known by number. One more takes the room of the oldest, which gets a new number when it comes again. */
const MAX_NAMES = 256;
/** No row in the ring has an older name than these: each row brings one new name at most. */
const MAX_NEWS = CAPACITY + MAX_NAMES;
/** Batches under way; with more than these the worker is busy, and rows wait in the ring, which is bounded. */
const MAX_UNANSWERED = 4;

/**
 * @typedef {object} Recorder
 * @property {(kind: number, stamp: number, target?: number, a?: number, b?: number, c?: number) => void} record
 *   `stamp` as in `event.timeStamp`.
 * @property {(sample: () => void) => void} later Runs once after the next paint, when reading layout costs nothing.
 * @property {(sample: () => void) => void} always Runs at the end of every frame in which something was recorded.
 * @property {() => void} settle Runs what waits for the next paint, and sends, to a busy worker too: now.
 * @property {(busy?: boolean) => void} flush Sends what there is, now; to a busy worker only if `busy`.
 * @property {() => boolean} busy Whether a frame is asked for.
 * @property {(name: string) => number} number The number of a name; for each name a new one.
 * @property {(link: import("./link.js").Link) => void} open From now on the worker takes rows.
 */

/**
 * @param {import("./ring.js").Ring} ring
 * @param {import("./clock.js").Clock} clock
 * @param {import("./scope.js").Scope} scope
 * @returns {Recorder}
 */
export function createRecorder(ring, clock, scope) {
  /** @type {Set<() => void>} */
  const samples = new Set();
  /** @type {(() => void)[]} */
  const constant = [];
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {[number, string][]} */
  let news = [];
  let given = 0;
  /** @type {import("./link.js").Link | null} */
  let link = null;
  let asked = false;

  const afterPaint = scope.guarded(() => {
    sample();
    recorder.flush();
    asked = false;
    if (samples.size) ask();
  });

  function ask() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => setTimeout(afterPaint));
  }

  function sample() {
    const due = [...samples, ...constant];
    samples.clear();
    for (const read of due) scope.guarded(read)();
  }

  /** @type {Recorder} */
  const recorder = {
    record(kind, stamp, target = NONE, a = 0, b = 0, c = 0) {
      ring.push(kind, clock.of(stamp), target, a, b, c);
      ask();
    },
    later(read) {
      samples.add(read);
      ask();
    },
    always: (read) => void constant.push(read),
    settle() {
      sample();
      recorder.flush(true);
    },
    flush(busy = false) {
      if (!link || (!busy && link.unanswered() >= MAX_UNANSWERED)) return;
      const now_ms = clock.of(performance.now());
      const rows = ring.take(now_ms);
      if (!rows) return;
      if (news.length) link.send({ type: "names", names: news });
      news = [];
      link.batch(rows, now_ms);
    },
    busy: () => asked,
    number(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      for (const oldest of numbers.keys()) {
        if (numbers.size < MAX_NAMES) break;
        numbers.delete(oldest);
      }
      if (news.length >= MAX_NEWS) news.shift();
      news.push([given, name]);
      numbers.set(name, given);
      given += 1;
      return given - 1;
    },
    open(opened) {
      recorder.later(() => {
        ring.push(PAGE, 0, NONE, innerWidth, innerHeight, document.documentElement.scrollHeight);
        link = opened;
      });
    },
  };
  return recorder;
}
