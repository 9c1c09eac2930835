import assert from "node:assert/strict";
import { test } from "node:test";

import { CLICK, COLUMNS, PAGE, POINTER, SCROLL } from "../../agent/trimtab/browser/page/messages.js";
import { createRing } from "../../agent/trimtab/browser/page/ring.js";

/** What a ring gives: [kind, t_ms, a] of each row. */
function taken(ring) {
  const rows = new Float64Array(ring.take(1000) ?? new ArrayBuffer(0));
  return Array.from({ length: rows.length / COLUMNS }, (_, row) => {
    const [kind, t_ms, , a] = rows.subarray(row * COLUMNS);
    return [kind, t_ms, a];
  });
}

test("rows come out in time order, whatever order they came in", () => {
  const ring = createRing(8);
  ring.push(CLICK, 30, -1, 3, 0, 0);
  ring.push(SCROLL, 10, -1, 1, 0, 0);
  ring.push(SCROLL, 20, -1, 2, 0, 0);
  assert.deepEqual(taken(ring), [[SCROLL, 10, 1], [SCROLL, 20, 2], [CLICK, 30, 3]]);
});

test("rows of one moment keep the order they came in", () => {
  const ring = createRing(8);
  for (const a of [1, 2, 3]) ring.push(CLICK, 5, -1, a, 0, 0);
  assert.deepEqual(taken(ring).map(([, , a]) => a), [1, 2, 3]);
});

test("the page comes first, also when something else happened at zero", () => {
  const ring = createRing(8);
  ring.push(CLICK, 0, -1, 7, 0, 0);
  ring.push(PAGE, 0, -1, 800, 600, 3000);
  assert.deepEqual(taken(ring).map(([kind]) => kind), [PAGE, CLICK]);
});

test("a row that comes after its time was taken happens when the rows were taken: nothing is decided twice", () => {
  const ring = createRing(8);
  ring.push(CLICK, 100, -1, 0, 0, 0);
  ring.take(120);
  ring.push(SCROLL, 90, -1, 1, 0, 0);
  ring.push(SCROLL, 110, -1, 2, 0, 0);
  ring.push(SCROLL, 121, -1, 3, 0, 0);
  assert.deepEqual(taken(ring), [[SCROLL, 120, 1], [SCROLL, 120, 2], [SCROLL, 121, 3]]);
});

test("a row whose time a browser rounded up past now happens now", () => {
  const ring = createRing(8);
  ring.push(CLICK, 99, -1, 0, 0, 0);
  ring.push(CLICK, 100.1, -1, 0, 0, 0);
  assert.deepEqual([...new Float64Array(ring.take(100))].filter((_, index) => index % COLUMNS === 1), [99, 100]);
});

test("a full ring loses its oldest continuous sample first, and counts it", () => {
  const ring = createRing(4);
  ring.push(CLICK, 1, -1, 1, 0, 0);
  ring.push(SCROLL, 2, -1, 2, 0, 0);
  ring.push(POINTER, 3, -1, 3, 0, 0);
  ring.push(CLICK, 4, -1, 4, 0, 0);
  ring.push(CLICK, 5, -1, 5, 0, 0);
  assert.equal(ring.dropped(), 1);
  assert.deepEqual(taken(ring).map(([, , a]) => a), [1, 3, 4, 5]);
});

test("a ring full of clicks loses the oldest click, but never the page", () => {
  const ring = createRing(3);
  ring.push(PAGE, 0, -1, 0, 0, 0);
  for (const t_ms of [1, 2, 3, 4]) ring.push(CLICK, t_ms, -1, t_ms, 0, 0);
  assert.equal(ring.dropped(), 2);
  assert.deepEqual(taken(ring).map(([kind, t_ms]) => [kind, t_ms]), [[PAGE, 0], [CLICK, 3], [CLICK, 4]]);
});

test("the ring goes on round its end", () => {
  const ring = createRing(3);
  for (let t_ms = 1; t_ms <= 100; t_ms += 1) ring.push(SCROLL, t_ms, -1, t_ms, 0, 0);
  assert.equal(ring.dropped(), 97);
  assert.deepEqual(taken(ring).map(([, , a]) => a), [98, 99, 100]);
  assert.equal(ring.take(1000), null);
});
