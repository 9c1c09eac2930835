import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { openLink } from "../../agent/trimtab/browser/page/link.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";

class FakeWorker extends EventTarget {
  sent = [];
  ended = false;
  constructor(url, options) {
    super();
    Object.assign(this, { url, options });
    FakeWorker.last = this;
  }
  postMessage(message, transfer = []) {
    this.sent.push([message.type, transfer.length]);
    this.told = [...(this.told ?? []), message];
  }
  terminate() {
    this.ended = true;
  }
}

globalThis.Worker = FakeWorker;
globalThis.window = globalThis;
const events = new EventTarget(); // of the window
for (const name of ["addEventListener", "dispatchEvent"]) globalThis[name] = events[name].bind(events);
globalThis.location = { origin: "https://site.example" };
globalThis.document = { visibilityState: "visible" };

const STOCK = { worker: "worker.js", runtimes: ["stock"] };
const BOTH = { worker: "worker.js", runtimes: ["lean", "stock"] };
let told;
let scope;
let link;
let worker;
const hear = (data) => worker.onmessage({ data });
const step = (answered) => hear({ type: "step", commands: [], log: [], report: null, errors: 0, refused: 0, misdated: 0, answered });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval"] });
  told = [];
  document.visibilityState = "visible";
  scope = createScope((error) => assert.fail(error));
  const answers = {
    ready: () => told.push("ready"),
    step: () => told.push("step"),
    fell: (why) => told.push(`fell: ${why}`),
    lost: (where, why) => told.push(`${where}: ${why}`),
  };
  const start = { type: "start", base: "https://site.example/pack/", origin_ms: 0, runtime: 0 };
  link = openLink(STOCK, start, answers, scope);
  worker = FakeWorker.last;
});

test("a worker of the same origin is started from its own address, without credentials", () => {
  assert.equal(worker.url, "https://site.example/pack/worker.js");
  assert.deepEqual(worker.options, { type: "module", name: "trimtab", credentials: "omit" });
  assert.deepEqual(worker.sent, [["start", 0]]);
});

test("a worker that the page refuses is told at once, and nothing of it is left to end", () => {
  globalThis.Worker = class {
    constructor() {
      throw new DOMException("refused", "SecurityError");
    }
  };
  const refused = createScope((error) => assert.fail(error));
  const start = { type: "start", base: "https://site.example/pack/", origin_ms: 0, runtime: 0 };
  try {
    assert.throws(() => openLink(STOCK, start, {}, refused), /refused/);
  } finally {
    globalThis.Worker = FakeWorker;
  }
  refused.end();
});

test("a worker of another origin is imported by a module of one line", async () => {
  const start = { type: "start", base: "https://cdn.example/pack/", origin_ms: 0, runtime: 0 };
  openLink(STOCK, start, { ready() {}, step() {}, fell() {}, lost() {} }, scope);
  assert.match(FakeWorker.last.url, /^blob:/);
  assert.equal(await (await fetch(FakeWorker.last.url)).text(), 'import "https://cdn.example/pack/worker.js";');
});

test("a worker that never gets ready is lost after a minute", () => {
  mock.timers.tick(59_000);
  assert.deepEqual(told, []);
  mock.timers.tick(1000);
  assert.deepEqual(told, ["worker: it did not answer in time"]);
});

test("ten seconds without an answer while the page is shown: lost", () => {
  hear({ type: "ready", boot_ms: 1, arm: "holdout" });
  mock.timers.tick(100_000);
  link.batch(new ArrayBuffer(48), 5);
  document.visibilityState = "hidden";
  mock.timers.tick(100_000);
  document.visibilityState = "visible";
  mock.timers.tick(9000);
  assert.deepEqual(told, ["ready"]);
  mock.timers.tick(1000);
  assert.deepEqual(told, ["ready", "worker: it did not answer in time"]);
});

test("a worker that is always one answer behind is not lost", () => {
  hear({ type: "ready", boot_ms: 1, arm: "holdout" });
  link.batch(new ArrayBuffer(48), 0);
  for (let second = 1; second < 60; second += 1) {
    link.batch(new ArrayBuffer(48), second * 1000);
    mock.timers.tick(1000);
    step(second);
  }
  assert.equal(link.unanswered(), 1);
  assert.ok(!told.includes("worker: it did not answer in time"));
});

test("a step that nobody asked for is no answer", () => {
  hear({ type: "ready", boot_ms: 1, arm: "holdout" });
  link.batch(new ArrayBuffer(48), 0);
  for (let second = 0; second < 10; second += 1) {
    step(0);
    mock.timers.tick(1000);
  }
  assert.ok(told.includes("worker: it did not answer in time"));
});

test("rows are handed over, not copied", () => {
  link.batch(new ArrayBuffer(48), 5);
  assert.deepEqual(worker.sent.at(-1), ["batch", 1]);
});

test("a failure of the worker is told, and kept from the page's console", () => {
  const event = new Event("error", { cancelable: true });
  worker.onerror(event);
  assert.ok(event.defaultPrevented);
  worker.onmessageerror();
  hear({ type: "fatal", where: "pack", why: "core.whl is missing (404)" });
  assert.deepEqual(told, [
    "worker: it could not be started",
    "worker: a message could not be read",
    "pack: core.whl is missing (404)",
  ]);
});

test("the end stops the worker and lets go of a question that waits", async () => {
  const asking = link.report(null, null);
  scope.end();
  assert.equal(await asking, null);
  assert.ok(worker.ended);
  step(1);
  assert.deepEqual(told, []);
});

test("a question after the end waits for nobody", async () => {
  scope.end();
  assert.equal(await link.report(null, null), null);
});

test("what was asked for comes back", async () => {
  const asking = link.report("old", null);
  hear({ type: "reported", left: "new" });
  assert.equal((await asking).left, "new");
});

test("the answer to a question is none to the batch that came after it", () => {
  hear({ type: "ready", boot_ms: 1, arm: "holdout" });
  void link.report(null, null);
  link.batch(new ArrayBuffer(48), 0);
  hear({ type: "reported", left: null });
  mock.timers.tick(9000);
  assert.deepEqual(told, ["ready"]);
  mock.timers.tick(1000);
  assert.deepEqual(told, ["ready", "worker: it did not answer in time"]);
});

test("the answer to a batch is none to the question that came after it", () => {
  hear({ type: "ready", boot_ms: 1, arm: "holdout" });
  link.batch(new ArrayBuffer(48), 0);
  void link.report(null, null);
  step(1);
  mock.timers.tick(10_000);
  assert.ok(told.includes("worker: it did not answer in time"));
});

/** The same page with a light runtime first. */
function light(config = BOTH) {
  scope.end();
  scope = createScope((error) => assert.fail(error));
  told = [];
  const answers = {
    ready: () => told.push("ready"),
    step: ({ log }) => told.push(log),
    fell: (why) => told.push(`fell: ${why}`),
    lost: (where, why) => told.push(`lost: ${where}: ${why}`),
  };
  const start = { type: "start", base: "https://site.example/pack/", origin_ms: 0, runtime: 0 };
  link = openLink(config, start, answers, scope);
  worker = FakeWorker.last;
}

test("a light runtime that fails is followed by the stock one, from the checkpoint", () => {
  light();
  const first = worker;
  hear({ type: "ready" });
  link.batch(new ArrayBuffer(48), 1);
  hear({ type: "step", log: [1], commands: [], answered: 1 });
  hear({ type: "saved", text: "state", taken: 1, heard: 0 });
  link.batch(new ArrayBuffer(48), 2);
  hear({ type: "step", log: [2], commands: [], answered: 2 });
  hear({ type: "fatal", where: "python", why: "unreachable" });
  assert.ok(first.ended);
  worker = FakeWorker.last;
  assert.deepEqual(worker.told.map(({ type, now_ms, runtime, saved }) => [type, now_ms ?? runtime, saved]), [
    ["start", 1, "state"],
    ["batch", 2, undefined],
  ]);
  assert.equal(link.unanswered(), 1);
  first.onmessage({ data: { type: "step", log: [9], commands: [], answered: 3 } });
  hear({ type: "ready" });
  hear({ type: "step", log: [2, 3], commands: [], answered: 1 });
  assert.deepEqual(told, ["ready", [1], [2], "fell: python: unreachable", [3]]);
  hear({ type: "fatal", where: "python", why: "again" });
  assert.equal(told.at(-1), "lost: python: again");
});

test("runtimes follow each other from the lightest to the heaviest", () => {
  scope.end();
  scope = createScope((error) => assert.fail(error));
  const fell = [];
  const config = { worker: "w.js", runtimes: ["profiled", "lean", "stock"] };
  const start = { type: "start", base: "https://site.example/pack/", origin_ms: 0, runtime: 0 };
  openLink(config, start, { ready() {}, step() {}, fell: (why, next) => fell.push(next), lost: () => fell.push("none") }, scope);
  for (let failures = 0; failures < 3; failures += 1) {
    FakeWorker.last.onmessage({ data: { type: "fatal", where: "python", why: "unreachable" } });
  }
  assert.deepEqual(fell, ["lean", "stock", "none"]);
});

/** A page of a browser that shares workers. */
class FakeShared {
  constructor(url, options) {
    Object.assign(this, { url, options, port: new FakeWorker(url, options) });
    this.port.close = this.port.terminate;
    FakeShared.last = this;
  }
}

function sharing() {
  globalThis.SharedWorker = FakeShared;
  light({ worker: "w.js", runtimes: ["lean", "stock"] });
}

/** What a shared worker is told of the visit. */
const toldShared = () => worker.told.filter(({ type }) => type !== "held");

afterEach(() => {
  delete globalThis.SharedWorker;
  scope.end();
});

test("pages of the same build join the same worker, which may outlive them", () => {
  sharing();
  const { url, options } = FakeShared.last;
  assert.equal(url, "https://site.example/pack/w.js");
  assert.deepEqual(options, { type: "module", credentials: "omit", name: "trimtab.lean", extendedLifetime: true });
  assert.deepEqual(toldShared().map(({ type }) => type), ["start"]);
});

test("while it uses a shared worker a page holds a lock, and its end is told", async () => {
  sharing();
  await new Promise(setImmediate);
  const { lock } = worker.told.find(({ type }) => type === "held");
  const held = async () => (await navigator.locks.query()).held.some(({ name }) => name === lock);
  assert.ok(await held());
  scope.end();
  assert.equal(worker.told.at(-1).type, "bye");
  assert.ok(worker.ended);
  await new Promise(setImmediate);
  assert.ok(!(await held()));
});

test("a page that is kept for later leaves the worker, and goes on where it was when it comes back", () => {
  sharing();
  hear({ type: "ready" });
  link.batch(new ArrayBuffer(48), 1);
  hear({ type: "saved", text: "state", taken: 1, heard: 0 });
  link.batch(new ArrayBuffer(48), 2);
  events.dispatchEvent(new Event("pagehide"));
  assert.ok(worker.ended);
  events.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  worker = FakeShared.last.port;
  assert.deepEqual(toldShared().map(({ type, now_ms, saved }) => [type, now_ms ?? saved]), [["start", "state"], ["batch", 2]]);
  hear({ type: "ready" });
  assert.deepEqual(told, ["ready"]);
});

test("where a shared worker says nothing the page starts one of its own, with the same runtime", () => {
  sharing();
  mock.timers.tick(10_000);
  assert.ok(worker.ended);
  worker = FakeWorker.last;
  assert.deepEqual([worker.options.name, worker.told[0].runtime], ["trimtab", 0]);
  assert.deepEqual(told, []);
});

test("after a failure in a shared worker the page starts one of its own, with the next runtime", () => {
  sharing();
  hear({ type: "here" });
  mock.timers.tick(59_000);
  assert.deepEqual(told, []);
  hear({ type: "fatal", where: "python", why: "unreachable" });
  assert.ok(worker.ended);
  assert.deepEqual(told, ["fell: python: unreachable"]);
  worker = FakeWorker.last;
  assert.deepEqual([worker.options.name, worker.told[0].runtime], ["trimtab", 1]);
});

test("a light runtime that does not answer is followed by the stock one", () => {
  light();
  mock.timers.tick(60_000);
  assert.deepEqual(told, ["fell: worker: it did not answer in time"]);
  mock.timers.tick(60_000);
  assert.equal(told.at(-1), "lost: worker: it did not answer in time");
});

test("where the worker's script is missing, no other runtime is tried", () => {
  light();
  worker.onerror(new Event("error", { cancelable: true }));
  assert.deepEqual(told, ["lost: worker: it could not be started"]);
});

test("who waits for an answer gets it from the runtime that follows", async () => {
  light();
  const asking = link.report("old", null);
  hear({ type: "fatal", where: "python", why: "unreachable" });
  worker = FakeWorker.last;
  assert.deepEqual(worker.told.map(({ type }) => type), ["start", "report"]);
  hear({ type: "reported", left: "new" });
  assert.equal((await asking).left, "new");
});

test("rows that may have to be told again are not handed over", () => {
  light();
  link.batch(new ArrayBuffer(48), 5);
  assert.deepEqual(worker.sent.at(-1), ["batch", 0]);
});
