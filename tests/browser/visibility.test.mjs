import assert from "node:assert/strict";
import { test } from "node:test";

import { thresholds } from "../../agent/trimtab/browser/page/taps/visibility.js";

test("a target that fits the window is watched in tenths of itself", () => {
  assert.deepEqual(thresholds(500, 1000).map((share) => Math.round(share * 10)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a target of ten windows is watched in tenths of a window", () => {
  const steps = thresholds(10_000, 1000);
  assert.equal(steps.length, 11);
  assert.equal(Math.max(...steps), 0.1);
  assert.ok(Math.abs(steps[1] - 0.01) < 1e-12);
});

test("a target without height is watched like one that fits", () => {
  assert.deepEqual(thresholds(0, 0), thresholds(500, 1000));
});
