import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createCarrier } from "../../agent/trimtab/browser/page/carrier.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";
import { SEED, VISIT } from "../../agent/trimtab/browser/page/storage.js";

const clock = { origin_ms: 0, of: () => 1500.5 };
const never = () => assert.fail("localStorage is another place");
const DEVICE = "0123456789abcdef".repeat(2);

let kept;
let device;
let may;
let scope;

/** A page over the storage of its tab. */
function load() {
  globalThis.window = new EventTarget();
  globalThis.localStorage = { getItem: (key) => (key === SEED ? device : never()), setItem: never, removeItem: never };
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
  scope = createScope((error) => assert.fail(error));
  return createCarrier(clock, () => may, () => {}, scope);
}

const stored = () => (kept.has(VISIT) ? JSON.parse(kept.get(VISIT).slice(DEVICE.length)) : null);

beforeEach(() => {
  kept = new Map();
  device = DEVICE;
  may = true;
});

test("what Python says is stored with the time of leaving, and the next page finds it", () => {
  load().carry('{"v":1}');
  const { left_ms, left_at_ms, visit } = stored();
  assert.deepEqual([left_ms, visit], [1500.5, { v: 1 }]);
  assert.ok(Math.abs(left_at_ms - Date.now()) < 60_000);
  assert.equal(kept.get(VISIT), DEVICE + load().found);
});

test("the time of leaving is that of the page's last moment", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1000 });
  load().carry('{"v":1}');
  t.mock.timers.tick(4000);
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(stored().left_at_ms, 5000);
});

test("a page that Python has said nothing of leaves what it found", () => {
  load().carry('{"v":1}');
  const before = kept.get(VISIT);
  load();
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.get(VISIT), before);
});

test("without consent nothing is found and nothing is stored", () => {
  load().carry('{"v":1}');
  may = false;
  const carrier = load();
  assert.equal(carrier.found, null);
  kept.clear();
  carrier.carry('{"v":1}');
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.size, 0);
});

test("a visit without a device's seed, which goes with a denial anywhere, is not stored", () => {
  const carrier = load();
  device = null;
  carrier.carry('{"v":1}');
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.size, 0);
});

test("what is forgotten stays so, until Python says something again", () => {
  const carrier = load();
  carrier.carry('{"v":1}');
  carrier.forget();
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.size, 0);
  carrier.carry('{"v":2}');
  assert.deepEqual(stored().visit, { v: 2 });
});

test("with the visit on this page ends what the next one would find", () => {
  load().carry('{"v":1}');
  scope.end();
  assert.equal(kept.size, 0);
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.size, 0);
});

test("a page that comes back overwrites nothing of a later one, nor what that forgot", () => {
  const early = load();
  early.carry('{"page":1}');
  const { window: earlier } = globalThis;
  load().carry('{"page":2}');
  earlier.dispatchEvent(new Event("pagehide"));
  early.carry('{"page":1,"again":true}');
  assert.deepEqual(stored().visit, { page: 2 });
  kept.clear();
  early.carry('{"page":1}');
  assert.equal(kept.size, 0);
});

test("a browser without storage carries nothing and says nothing", () => {
  const carrier = load();
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
  carrier.carry('{"v":1}');
  carrier.forget();
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, writable: true, value: undefined });
});
