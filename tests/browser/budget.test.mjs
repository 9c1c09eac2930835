import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { drawFromBudget } from "../../agent/trimtab/browser/page/draw/paying.js";
import { ASKED, BUDGET, forgetDenied, SEALED, SEED } from "../../agent/trimtab/browser/page/storage.js";

const DAY = 20600;

let kept;
let full;
let locks;

beforeEach(() => {
  kept = new Map();
  full = false;
  locks = { request: async (name, _options, work) => work({ name }) };
  globalThis.addEventListener = () => {}; // no page is left here
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (full) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, text);
    },
    removeItem: (key) => kept.delete(key),
  };
});

const subject = { question: 0, about: 0, pair: 7 };
const answer = (budget, why = "") => () => ({ budget, why, subject });

test("what is spent is stored before anything is sent", async () => {
  assert.deepEqual(await drawFromBudget(DAY, answer("new")), { outcome: "paid", why: "", subject });
  assert.equal(kept.get(BUDGET), "new");
});

test("what another page stores may be seen later than its lock is free: the day is that page's", async () => {
  locks.request = async (name, { ifAvailable }, work) => work(ifAvailable ? null : { name });
  assert.equal((await drawFromBudget(DAY, answer("new"))).outcome, "spent");
  assert.equal(kept.size, 0);
});

test("only the budget says that it is spent", async () => {
  assert.deepEqual(await drawFromBudget(DAY, answer(null, "today's is made")), { outcome: "spent", why: "today's is made" });
});

test("whatever else is in the way has its own reason, and nothing is paid", async () => {
  const outcomes = [await drawFromBudget(DAY, () => null)];
  full = true;
  outcomes.push(await drawFromBudget(DAY, answer("new")));
  locks.request = () => Promise.reject(new DOMException("timed out", "TimeoutError"));
  outcomes.push(await drawFromBudget(DAY, answer("new")));
  delete navigator.locks;
  outcomes.push(await drawFromBudget(DAY, answer("new")));
  assert.deepEqual(outcomes.map(({ outcome }) => outcome), ["none", "none", "none", "none"]);
  assert.equal(new Set(outcomes.map(({ why }) => why)).size, 4);
  assert.equal(kept.size, 0);
});

test("a denial forgets the seed and the report, never the budget", () => {
  for (const key of [SEED, BUDGET, SEALED, ASKED]) kept.set(key, "text");
  forgetDenied({ observe: false, adapt: false, remember: false, share: true });
  assert.deepEqual([...kept.keys()], [SEED, BUDGET]);
  forgetDenied({ observe: true, adapt: false, remember: false, share: false });
  assert.deepEqual([...kept.keys()], [BUDGET]);
});
