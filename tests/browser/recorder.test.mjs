import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CLICK, COLUMNS, ENTER, PAGE, POINTER, SCROLL } from "../../agent/trimtab/browser/page/messages.js";
import { createRecorder } from "../../agent/trimtab/browser/page/recorder.js";
import { createRing } from "../../agent/trimtab/browser/page/ring.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";

let now_ms = 0;
let timers = new Map();
let given = 0;
Object.defineProperty(globalThis, "performance", { value: { now: () => now_ms } });
globalThis.window = globalThis;
globalThis.setTimeout = (work, ms) => {
  timers.set((given += 1), { work, at_ms: now_ms + ms });
  return given;
};
globalThis.clearTimeout = (timer) => timers.delete(timer);
globalThis.requestAnimationFrame = () => assert.fail("a frame was asked for");
globalThis.innerWidth = 800;
globalThis.innerHeight = 600;
globalThis.document = { documentElement: { scrollHeight: 3000 } };

/** Time passes until then. */
function until(end_ms) {
  for (;;) {
    const [next] = [...timers].filter(([, { at_ms }]) => at_ms <= end_ms).sort((a, b) => a[1].at_ms - b[1].at_ms);
    if (!next) break;
    timers.delete(next[0]);
    now_ms = next[1].at_ms;
    next[1].work();
  }
  now_ms = end_ms;
}

class Line {
  sent = [];
  answered = 0;
  send(message) {
    this.sent.push(message);
  }
  batch(rows) {
    this.sent.push([...new Float64Array(rows)].filter((_, index) => index % COLUMNS === 0));
  }
  unanswered() {
    return this.sent.filter(Array.isArray).length - this.answered;
  }
}

let errors = 0;
let scope;
let recorder;
let line;

beforeEach(() => {
  now_ms = 0;
  timers = new Map();
  errors = 0;
  scope = createScope(() => (errors += 1));
  recorder = createRecorder(createRing(), { of: (stamp) => stamp, origin_ms: 0 }, scope);
  line = new Line();
});

/** The worker is ready, and knows of the page. */
function opened() {
  recorder.open(line);
  until(110);
  assert.deepEqual(line.sent.splice(0), [[PAGE]]);
}

test("nothing is sent before the worker is ready; then the page comes first", () => {
  recorder.record(CLICK, 5);
  recorder.tell();
  until(1010);
  assert.deepEqual(line.sent, []);
  recorder.open(line);
  until(1110);
  assert.deepEqual(line.sent, [[PAGE, CLICK]]);
});

test("what goes on is told in one batch at every fifth moment of decision, and nothing else is sent", () => {
  opened();
  for (const stamp of [110, 180, 490]) {
    until(stamp);
    recorder.record(stamp < 200 ? SCROLL : POINTER, stamp);
  }
  assert.equal(timers.size, 1);
  until(500);
  assert.deepEqual(line.sent, [], "what happens at that very moment belongs to it");
  until(502);
  assert.deepEqual(line.sent, [[SCROLL, SCROLL, POINTER]]);
  assert.equal(timers.size, 0);
});

test("what happens once is told with all there is when the next moment of decision has passed", () => {
  opened();
  recorder.record(SCROLL, 110);
  until(150);
  recorder.record(ENTER, 150, 0);
  until(202);
  assert.deepEqual(line.sent, [[SCROLL, ENTER]]);
});

test("a sample is read once before the next telling, however often it was asked for", () => {
  opened();
  let reads = 0;
  const read = () => {
    reads += 1;
    recorder.record(SCROLL, 120);
  };
  recorder.later(read);
  recorder.later(read);
  until(500);
  assert.equal(reads, 0);
  until(502);
  assert.equal(reads, 1);
  assert.deepEqual(line.sent, [[SCROLL]]);
  assert.equal(timers.size, 0);
});

test("what is decided at once is told at once, with what was still to be read from before it", () => {
  opened();
  recorder.later(() => recorder.record(SCROLL, 110));
  recorder.record(CLICK, 115);
  recorder.tell();
  assert.deepEqual(line.sent, [[SCROLL, CLICK]]);
  until(1000);
  assert.equal(line.sent.length, 1);
});

test("a sample that asks for another one is followed by it", () => {
  opened();
  recorder.later(() => recorder.later(() => recorder.record(SCROLL, 120)));
  until(502);
  assert.deepEqual(line.sent, []);
  until(1002);
  assert.deepEqual(line.sent, [[SCROLL]]);
});

test("a sample that fails is counted and stops no other", () => {
  recorder.later(() => {
    throw new Error("broken");
  });
  recorder.later(() => recorder.record(SCROLL, 7));
  recorder.open(line);
  until(400);
  assert.equal(errors, 1);
  assert.deepEqual(line.sent, [[PAGE, SCROLL]]);
});

test("a busy worker is left alone until it answers", () => {
  opened();
  for (let count = 0; count < 20; count += 1) {
    recorder.record(CLICK, count);
    recorder.tell();
  }
  until(5000);
  assert.equal(line.sent.length, 16);
  line.answered = 16;
  recorder.flush();
  assert.deepEqual(line.sent.slice(16), [[CLICK, CLICK, CLICK, CLICK]]);
});

test("a page that may go tells a busy worker too", () => {
  opened();
  for (let count = 0; count < 20; count += 1) {
    recorder.record(CLICK, count);
    recorder.tell();
  }
  recorder.later(() => recorder.record(SCROLL, 200));
  recorder.tell(true);
  assert.deepEqual(line.sent.slice(16), [[CLICK, CLICK, CLICK, CLICK, SCROLL]]);
});

test("a constant sample is read before every telling, and asks for none", () => {
  let reads = 0;
  recorder.always(() => (reads += 1));
  until(500);
  assert.equal(reads, 0);
  for (const end_ms of [1000, 2000]) {
    recorder.record(CLICK, now_ms);
    until(end_ms);
  }
  until(9000);
  assert.equal(reads, 2);
});

test("a name is told once, before the first batch that uses it", () => {
  opened();
  assert.deepEqual([recorder.number("bought"), recorder.number("seen"), recorder.number("bought")], [0, 1, 0]);
  recorder.record(CLICK, 1);
  recorder.tell();
  assert.deepEqual(line.sent, [{ type: "names", names: [[0, "bought"], [1, "seen"]] }, [CLICK]]);
  recorder.record(CLICK, 2);
  recorder.tell();
  assert.deepEqual(line.sent.slice(2), [[CLICK]]);
});

test("a page that makes up names for ever is heard all the same: the oldest of 256 names gets a new number", () => {
  for (let count = 0; count < 256; count += 1) assert.equal(recorder.number(`name ${count}`), count);
  assert.equal(recorder.number("one more"), 256);
  assert.equal(recorder.number("name 1"), 1);
  assert.equal(recorder.number("name 0"), 257);
  assert.equal(recorder.number("name 1"), 258);
});

test("names that wait for the worker are bounded, and the newest are told", () => {
  for (let count = 0; count < 3000; count += 1) recorder.number(`name ${count}`);
  recorder.open(line);
  until(200);
  const told = line.sent.find((sent) => sent.type === "names").names;
  assert.deepEqual([told.length, told[0], told.at(-1)], [2304, [696, "name 696"], [2999, "name 2999"]]);
});

test("after the end nothing is sent", () => {
  opened();
  recorder.record(CLICK, 1);
  scope.end();
  until(1000);
  assert.deepEqual(line.sent, []);
});
