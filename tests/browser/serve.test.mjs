import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { servePage } from "../../agent/trimtab/browser/worker/serve.js";

globalThis.self = globalThis;

const START = { type: "start", base: "", runtime: 0, origin_ms: Date.now() };
const STEP = { commands: [], log: [], wake_at_ms: null, report: null, carry: null, errors: 0, refused: 0, misdated: 0 };
const rest = () => new Promise(setImmediate);
/** @param {() => boolean} isTrue */
async function until(isTrue) {
  while (!isTrue()) await rest();
}

let told;
let steps;
let ended;

/** A Python that counts what it is asked. */
const entry = {
  start: () => '{"arm": "holdout"}',
  step() {
    steps += 1;
    return JSON.stringify(STEP);
  },
  save: () => "state",
};

/** @param {() => Promise<object>} take */
function connect(take = async () => entry) {
  const port = { postMessage: (message) => told.push(message.type) };
  const served = servePage(port, { runtimes: [{}, {}] }, { take }, 300, () => (ended += 1));
  return { served, hear: (data) => port.onmessage({ data }) };
}

beforeEach(() => {
  told = [];
  steps = 0;
  ended = 0;
});

const batch = { type: "batch", rows: new ArrayBuffer(48), now_ms: 1 };

test("a page is told at once that somebody is there, and when Python runs", async () => {
  const { hear } = connect();
  hear(START);
  assert.deepEqual(told, ["here"]);
  await until(() => told.length > 1);
  assert.deepEqual(told, ["here", "ready"]);
});

test("a page that has said goodbye is told nothing more, and nothing of its visit goes on", async () => {
  const { hear } = connect();
  hear(START);
  await until(() => told.includes("ready"));
  hear({ type: "bye" });
  hear(batch);
  await rest();
  assert.deepEqual([told, steps, ended], [["here", "ready"], 0, 1]);
});

test("a page that says goodbye while Python boots gets none", async () => {
  let boot;
  const { hear } = connect(() => new Promise((resolve) => (boot = resolve)));
  hear(START);
  await until(() => boot !== undefined);
  hear({ type: "bye" });
  let started = 0;
  boot({ ...entry, start: () => (started += 1) });
  await rest();
  assert.deepEqual([told, started], [["here"], 0]);
});

test("a page that dies without a word is noticed by the lock that it held", async () => {
  let die;
  await new Promise((held) => navigator.locks.request("page", () => (held(), new Promise((done) => (die = done)))));
  const { hear } = connect();
  hear(START);
  hear({ type: "held", lock: "page" });
  await until(() => told.includes("ready"));
  assert.equal(ended, 0);
  die();
  await rest();
  hear(batch);
  await rest();
  assert.deepEqual([ended, steps], [1, 0]);
});

test("a failure of one page's visit is told to it once, and to no other", async () => {
  const one = connect(async () => ({ ...entry, step: () => assert.fail("unreachable") }));
  one.hear(START);
  one.hear(batch);
  one.hear(batch);
  await until(() => told.includes("fatal"));
  await rest();
  assert.deepEqual(told, ["here", "ready", "fatal"]);
  const other = connect();
  other.hear(START);
  other.hear(batch);
  await until(() => steps === 1);
  assert.deepEqual([told, ended], [["here", "ready", "fatal", "here", "ready"], 0]);
});
