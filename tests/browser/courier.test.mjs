import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createCourier } from "../../agent/trimtab/browser/page/courier.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";
import { SEALED } from "../../agent/trimtab/browser/page/storage.js";

const URL_OF_REPORTS = "https://site.example/pack/report";
const DAY = 20_780;
const [FIRST, SECOND] = [Uint8Array.of(1, 2), Uint8Array.of(1, 3)];

let kept;
let posted;
let held;
let told;
let online;
let courier;
let scope;

/** A fresh page over the same storage. `later`: the browser has fetchLater. */
function load({ later }) {
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
  globalThis.fetch = async (url, { body, ...rest }) => {
    if (!online) throw new TypeError("Failed to fetch");
    posted.push([url, [...body], rest]);
  };
  delete globalThis.fetchLater;
  if (later) {
    globalThis.fetchLater = (_url, { body, signal }) => {
      const result = { activated: false, body: [...body], signal };
      held.push(result);
      return result;
    };
  }
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  told = [];
  scope = createScope((error) => assert.fail(error));
  courier = createCourier(URL_OF_REPORTS, (state) => told.push(state), scope);
}

const alive = () => held.filter(({ signal }) => !signal.aborted).map(({ body }) => body);
const settle = () => new Promise((resolve) => setImmediate(resolve));

function hide() {
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
}

/** The last moment of a page: hidden, then left. */
function leave() {
  hide();
  window.dispatchEvent(new Event("pagehide"));
}

beforeEach(() => {
  kept = new Map();
  posted = [];
  held = [];
  online = true;
  load({ later: false });
});

test("with fetchLater the browser holds the latest report, and only that", () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  courier.seal(SECOND, DAY);
  assert.deepEqual(alive(), [[1, 3]]);
  assert.equal(kept.get(SEALED), "20780:0103");
  hide();
  assert.equal(kept.get(SEALED), "20780:0103");
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(kept.has(SEALED), false);
  assert.deepEqual(alive(), [[1, 3]]);
  assert.deepEqual(posted, []);
});

test("where the newest version cannot be stored none stays that could be sent beside it", () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  courier.seal(SECOND, DAY);
  assert.equal(kept.has(SEALED), false);
  assert.deepEqual(alive(), [[1, 3]]);
});

test("a page that comes back from the cache goes on, unless its report has left", () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  leave();
  window.dispatchEvent(new Event("pageshow"));
  assert.equal(kept.get(SEALED), "20780:0102");
  leave();
  held[0].activated = true;
  window.dispatchEvent(new Event("pageshow"));
  courier.seal(SECOND, DAY);
  assert.equal(kept.has(SEALED), false);
  assert.deepEqual(told, ["sealed", "sent"]);
  assert.equal(held.length, 1);
});

test("without fetchLater it leaves when the page hides, once", async () => {
  courier.seal(FIRST, DAY);
  leave();
  courier.seal(SECOND, DAY);
  leave();
  await settle();
  const hidden = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
  const request = { method: "POST", mode: "no-cors", keepalive: true, ...hidden };
  assert.deepEqual(posted, [[URL_OF_REPORTS, [1, 2], request]]);
  assert.equal(kept.has(SEALED), false);
  assert.deepEqual(told, ["sealed", "sent"]);
});

test("a fetchLater that refuses is replaced by sending when the page hides", async () => {
  load({ later: true });
  globalThis.fetchLater = () => {
    throw new DOMException("no quota", "QuotaExceededError");
  };
  courier.seal(FIRST, DAY);
  leave();
  await settle();
  assert.equal(posted.length, 1);
});

test("a report of today is left to the page that made it, which may be alive", async () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  load({ later: true });
  courier.sendMissed(DAY);
  await settle();
  assert.deepEqual(posted, []);
  assert.equal(kept.get(SEALED), "20780:0102");
  courier.sendMissed(DAY + 1);
  await settle();
  assert.deepEqual(posted.map(([, body]) => body), [[1, 2]]);
  assert.equal(kept.has(SEALED), false);
});

test("nothing is stored after a withdrawal, also when a post fails that was under way", async () => {
  online = false;
  courier.seal(FIRST, DAY);
  leave();
  courier.drop();
  await settle();
  assert.equal(kept.size, 0);
});

test("with the server down it stays silent, and the next load sends the same bytes", async () => {
  online = false;
  courier.seal(FIRST, DAY);
  leave();
  await settle();
  assert.equal(kept.get(SEALED), "20780:0102");
  load({ later: false });
  courier.sendMissed(DAY + 1);
  await settle();
  assert.equal(kept.get(SEALED), "20780:0102");
  online = true;
  load({ later: false });
  courier.sendMissed(DAY + 1);
  await settle();
  assert.deepEqual(posted.map(([, body]) => body), [[1, 2]]);
  assert.equal(kept.has(SEALED), false);
});

for (const later of [true, false]) {
  test(`what is left offline ${later ? "is not left to the browser" : "is not tried"}, but kept for later`, () => {
    load({ later });
    courier.seal(FIRST, DAY);
    navigator.onLine = false;
    leave();
    assert.deepEqual(alive(), []);
    assert.deepEqual(posted, []);
    assert.equal(kept.get(SEALED), "20780:0102");
    load({ later });
    courier.sendMissed(DAY + 1);
    assert.deepEqual(posted.map(([, body]) => body), [[1, 2]]);
  });
}

test("a page that hides offline and again online sends its report once", () => {
  courier.seal(FIRST, DAY);
  navigator.onLine = false;
  leave();
  navigator.onLine = true;
  leave();
  leave();
  assert.deepEqual(posted.map(([, body]) => body), [[1, 2]]);
});

test("a copy that is no report is thrown away", async () => {
  for (const damaged of ["not a report", "0102", "20780:", "20780:xy"]) {
    kept.set(SEALED, damaged);
    courier.sendMissed(DAY + 1);
    await settle();
    assert.equal(kept.has(SEALED), false);
  }
  assert.deepEqual(posted, []);
});

test("when another page has sent it or wiped it, this one sends nothing more", () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  kept.delete(SEALED);
  window.dispatchEvent(Object.assign(new Event("storage"), { key: SEALED, newValue: null }));
  courier.seal(SECOND, DAY);
  leave();
  assert.deepEqual(alive(), []);
  assert.deepEqual(told, ["sealed", "sent"]);
});

test("so it is when the other page's word has not arrived yet", () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  kept.delete(SEALED);
  courier.seal(SECOND, DAY);
  assert.deepEqual(alive(), []);
  assert.equal(kept.has(SEALED), false);
});

test("withdrawal takes back what the browser holds, and the copy", async () => {
  load({ later: true });
  courier.seal(FIRST, DAY);
  courier.drop();
  courier.seal(SECOND, DAY);
  leave();
  await settle();
  assert.deepEqual([alive(), posted, kept.size], [[], [], 0]);
  assert.deepEqual(told, ["sealed", "none"]);
});
