import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createTimer } from "../../agent/trimtab/browser/worker/timer.js";

globalThis.self ??= globalThis;

test("time follows the page and never runs backwards", () => {
  const timer = createTimer(performance.timeOrigin + performance.now() - 1000, 300);
  assert.ok(timer.now() >= 1000);
  assert.equal(timer.meet(50_000), 50_000);
  assert.equal(timer.now(), 50_000);
  assert.equal(timer.meet(40_000), 50_000);
});

test("there is one waking at a time", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const timer = createTimer(performance.timeOrigin + performance.now(), 300);
  const woken = [];
  timer.set(5000, () => woken.push("first"));
  timer.set(6000, () => woken.push("second"));
  mock.timers.tick(7000);
  assert.deepEqual(woken, ["second"]);
  timer.set(8000, () => woken.push("third"));
  timer.set(null, () => woken.push("never"));
  mock.timers.tick(100_000);
  assert.deepEqual(woken, ["second"]);
  mock.timers.reset();
});

test("nobody is woken before what happened until then can have been told", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const timer = createTimer(performance.timeOrigin + performance.now(), 300);
  const woken = [];
  timer.set(5000, () => woken.push("in time"));
  mock.timers.tick(5130); // the page tells at 5100
  assert.deepEqual(woken, []);
  mock.timers.tick(40);
  assert.deepEqual(woken, ["in time"]);
  mock.timers.reset();
});

test("what has been told ends with the page's last telling, once that can have come", () => {
  const since = (ms) => createTimer(performance.timeOrigin + performance.now() - ms, 300).told();
  assert.deepEqual([since(5120), since(5200)], [4801, 5101]);
});
