/**
 * What happened goes through here: into the ring, and from there to the worker. What is decided at once (a click, a goal)
 * is told at once; what happens once (something is entered, seen, changed) when the core's next moment of decision has
 * passed; what goes on and on, at every fifth. A message wakes a thread, which costs more than all the rest, and a frame
 * that nobody else asked for would cost more still.
 */

import { BOX, DOCUMENT, GRID_MS, INPUT, KEY, LAYOUT, NONE, PAGE, POINTER, SCROLL, TELL_MS } from "./messages.js";
import { CAPACITY } from "./ring.js";

/** Rows of what goes on and on. */
const LASTING = [SCROLL, POINTER, KEY, INPUT, LAYOUT, BOX, DOCUMENT];
/** Names that are known by number. One more takes the room of the oldest, which gets a new number when it comes again. */
const MAX_NAMES = 256;
/** No row in the ring has an older name than these: each row brings one new name at most. */
const MAX_NEWS = CAPACITY + MAX_NAMES;
/**
 * Batches under way; with more than these the worker is busy, and rows wait in the ring, which is bounded. It is twice as
 * many as a worker that has nothing to say leaves without an answer (`QUIET_BATCHES` of worker/serve.js).
 */
const MAX_UNANSWERED = 16;

/**
 * @typedef {object} Recorder
 * @property {(kind: number, stamp: number, target?: number, a?: number, b?: number, c?: number) => void} record
 *   `stamp` as in `event.timeStamp`.
 * @property {(sample: () => void) => void} later Runs once before the next telling: outside of the page's own handlers, ten
 *   times a second at most.
 * @property {(sample: () => void) => void} always Runs before every telling of something.
 * @property {(busy?: boolean) => void} tell Runs what waits for that, and sends, now; to a busy worker only if `busy`.
 * @property {() => void} flush Sends what there is, now, unless the worker is busy.
 * @property {() => boolean} busy Whether something is to be told.
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
  /** Whether the worker was too busy for what there is. */
  let isHeldUp = false;
  /** When it is told what there is. */
  let due_ms = Infinity;
  let timer = 0;

  const now = () => clock.of(performance.now());

  const ripe = scope.guarded(() => {
    due_ms = -Infinity; // what is sampled goes out with the rest
    sample();
    due_ms = Infinity;
    send(false);
    if (samples.size) ripen(TELL_MS);
  });

  /** @param {number} every_ms There is something to tell, at the next multiple of this. */
  function ripen(every_ms) {
    const now_ms = now();
    // A bit later: what happens at the very moment belongs to it, and clocks of pages are coarse.
    const at_ms = (Math.floor(now_ms / every_ms) + 1) * every_ms + 1;
    if (at_ms >= due_ms) return;
    if (due_ms < Infinity) clearTimeout(timer);
    due_ms = at_ms;
    timer = window.setTimeout(ripe, at_ms - now_ms);
  }

  function sample() {
    if (!samples.size && !constant.length) return;
    const due = [...samples, ...constant];
    samples.clear();
    for (const read of due) scope.guarded(read)();
  }

  /** @param {boolean} busy */
  function send(busy) {
    // Who cannot be told now is told when they are ready, or have answered.
    isHeldUp = !busy && !!link && link.unanswered() >= MAX_UNANSWERED;
    if (!link || isHeldUp) return;
    const now_ms = now();
    const rows = ring.take(now_ms);
    if (!rows) return;
    if (news.length) link.send({ type: "names", names: news });
    news = [];
    link.batch(rows, now_ms);
  }

  /** @type {Recorder} */
  const recorder = {
    record(kind, stamp, target = NONE, a = 0, b = 0, c = 0) {
      ring.push(kind, clock.of(stamp), target, a, b, c);
      const isLasting = LASTING.includes(kind);
      if (due_ms === Infinity || !isLasting) ripen(isLasting ? TELL_MS : GRID_MS);
    },
    later(read) {
      samples.add(read);
      if (due_ms === Infinity) ripen(TELL_MS);
    },
    always: (read) => void constant.push(read),
    tell(busy = false) {
      sample();
      send(busy);
    },
    flush: () => send(false),
    busy: () => due_ms < Infinity || isHeldUp,
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
      ring.push(PAGE, 0, NONE, innerWidth, innerHeight, document.documentElement.scrollHeight);
      link = opened;
      recorder.tell(); // what has happened since the page came has waited for this
    },
  };
  return recorder;
}
