import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CLICK, COLUMNS, PAGE, SCROLL } from "../../agent/trimtab/browser/page/messages.js";
import { createRecorder } from "../../agent/trimtab/browser/page/recorder.js";
import { createRing } from "../../agent/trimtab/browser/page/ring.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";

let frames = [];
let tasks = [];
globalThis.requestAnimationFrame = (work) => frames.push(work);
globalThis.setTimeout = (work) => tasks.push(work);
globalThis.innerWidth = 800;
globalThis.innerHeight = 600;
globalThis.document = { documentElement: { scrollHeight: 3000 } };

/** One frame: what waits for it, the paint, and the task after it. */
function frame() {
  for (const work of frames.splice(0)) work();
  for (const work of tasks.splice(0)) work();
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
  frames = [];
  tasks = [];
  errors = 0;
  scope = createScope(() => (errors += 1));
  recorder = createRecorder(createRing(), { of: (stamp) => stamp, origin_ms: 0 }, scope);
  line = new Line();
});

test("nothing is sent before the worker is ready; then the page comes first", () => {
  recorder.record(CLICK, 5);
  recorder.flush();
  frame();
  assert.deepEqual(line.sent, []);
  recorder.open(line);
  frame();
  assert.deepEqual(line.sent, [[PAGE, CLICK]]);
});

test("a frame's rows go in one batch, and an idle frame sends nothing", () => {
  recorder.open(line);
  frame();
  recorder.record(CLICK, 5);
  recorder.record(SCROLL, 6);
  assert.equal(frames.length, 1);
  frame();
  assert.deepEqual(line.sent.slice(1), [[CLICK, SCROLL]]);
  assert.equal(frames.length, 0);
});

test("a sample is read after the paint, once, however often it was asked for", () => {
  recorder.open(line);
  frame();
  let reads = 0;
  const read = () => {
    reads += 1;
    recorder.record(SCROLL, 7);
  };
  recorder.later(read);
  recorder.later(read);
  for (const work of frames.splice(0)) work();
  assert.equal(reads, 0);
  for (const work of tasks.splice(0)) work();
  assert.equal(reads, 1);
  assert.deepEqual(line.sent.slice(1), [[SCROLL]]);
});

test("a sample that fails is counted and stops no other", () => {
  recorder.later(() => {
    throw new Error("broken");
  });
  recorder.later(() => recorder.record(SCROLL, 7));
  recorder.open(line);
  frame();
  assert.equal(errors, 1);
  assert.deepEqual(line.sent, [[PAGE, SCROLL]]);
});

test("a busy worker is left alone until it answers", () => {
  recorder.open(line);
  frame();
  for (let count = 0; count < 9; count += 1) {
    recorder.record(CLICK, count);
    recorder.flush();
  }
  assert.equal(line.sent.length, 4);
  line.answered = 4;
  recorder.flush();
  assert.deepEqual(line.sent.slice(4), [[CLICK, CLICK, CLICK, CLICK, CLICK, CLICK]]);
});

test("a page that may go tells a busy worker too", () => {
  recorder.open(line);
  frame();
  for (let count = 0; count < 9; count += 1) {
    recorder.record(CLICK, count);
    recorder.flush();
  }
  recorder.later(() => recorder.record(SCROLL, 9));
  recorder.settle();
  assert.deepEqual(line.sent.slice(4), [[CLICK, CLICK, CLICK, CLICK, CLICK, CLICK, SCROLL]]);
});

test("a constant sample is read in every frame in which something was recorded, and asks for none", () => {
  let reads = 0;
  recorder.always(() => (reads += 1));
  frame();
  assert.equal(reads, 0);
  for (const stamp of [1, 2]) {
    recorder.record(CLICK, stamp);
    frame();
  }
  frame();
  assert.equal(reads, 2);
});

test("a name is told once, before the first batch that uses it", () => {
  recorder.open(line);
  frame();
  assert.deepEqual([recorder.number("bought"), recorder.number("seen"), recorder.number("bought")], [0, 1, 0]);
  recorder.record(CLICK, 1);
  recorder.flush();
  assert.deepEqual(line.sent.slice(1), [{ type: "names", names: [[0, "bought"], [1, "seen"]] }, [CLICK]]);
  recorder.record(CLICK, 2);
  recorder.flush();
  assert.deepEqual(line.sent.slice(3), [[CLICK]]);
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
  frame();
  const told = line.sent.find((sent) => sent.type === "names").names;
  assert.deepEqual([told.length, told[0], told.at(-1)], [2304, [696, "name 696"], [2999, "name 2999"]]);
});

test("after the end nothing is sent", () => {
  recorder.open(line);
  frame();
  recorder.record(CLICK, 1);
  scope.end();
  frame();
  assert.deepEqual(line.sent, [[PAGE]]);
});
