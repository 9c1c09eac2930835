import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createApi } from "../../agent/trimtab/browser/page/api.js";
import { createStatus } from "../../agent/trimtab/browser/page/status.js";

globalThis.document = new EventTarget();

const DECLARED = [{ name: "short", target: 0, do: { kind: "class", name: "short" } }];
const decision = (verdict, reason) => ({ t_ms: 1, adjustment: "short", decision: verdict, reason });

test("before anybody consents it is off, and says why", () => {
  const { state, why, arm, report, adjustments } = createStatus(DECLARED).snapshot();
  const off = { state: "off", why: "no consent to observe", arm: null, report: "none" };
  assert.deepEqual({ state, why, arm, report }, off);
  assert.deepEqual(adjustments, [{ name: "short", state: "idle", reason: "" }]);
});

test("segments come and go with the log", () => {
  const status = createStatus(DECLARED);
  status.note([{ t_ms: 1, segment: "skimmer", entered: true, because: "", strength: 1 }]);
  assert.deepEqual(status.snapshot().segments, ["skimmer"]);
  status.note([{ t_ms: 2, segment: "skimmer", entered: false, because: "", strength: 1 }]);
  assert.deepEqual(status.snapshot().segments, []);
  assert.equal(status.log().length, 2);
});

test("a no is told with its reason", () => {
  const status = createStatus(DECLARED);
  status.note([decision("held", "debounce")]);
  assert.deepEqual(status.snapshot().adjustments, [{ name: "short", state: "held", reason: "debounce" }]);
  status.note([decision("refused", "holdout")]);
  assert.deepEqual(status.snapshot().adjustments, [{ name: "short", state: "refused", reason: "holdout" }]);
});

test("what the page shows is told by the page, not by a decision to keep it a while", () => {
  const status = createStatus(DECLARED);
  status.note([decision("allowed", "rule-holds")]);
  assert.equal(status.snapshot().adjustments[0].state, "idle");
  status.adjust(0, "applied", "");
  status.note([decision("held", "minimum-showing")]);
  assert.deepEqual(status.snapshot().adjustments, [{ name: "short", state: "applied", reason: "minimum-showing" }]);
});

test("errors are ours and the policy's together", () => {
  const status = createStatus(DECLARED);
  status.mistake();
  status.note([], { errors: 3, refused: 2, misdated: 1 });
  status.note([], { errors: 3, refused: 2, misdated: 1 });
  const { errors, refused, misdated } = status.snapshot();
  assert.deepEqual([errors, refused, misdated], [4, 2, 1]);
});

test("no report has its reason, which goes when there is one", () => {
  const status = createStatus(DECLARED);
  status.report("spent", "1 report a day, and today's is made");
  const { report, report_why } = status.snapshot();
  assert.deepEqual([report, report_why], ["spent", "1 report a day, and today's is made"]);
  status.report("sealed");
  assert.equal(status.snapshot().report_why, "");
});

test("whether the visitor shares has its reason", () => {
  const status = createStatus(DECLARED);
  const says = (share, by) => {
    status.permit({ observe: true, adapt: true, remember: true, share }, { share: by });
    return status.snapshot().sharing;
  };
  assert.equal(status.snapshot().sharing, "unanswered");
  assert.deepEqual(
    [says(true, "site"), says(false, "site"), says(false, "tab"), says(false, ""), says(false, "gpc"), says(false, "webdriver")],
    ["agreed", "denied", "denied", "unanswered", "gpc", "webdriver"],
  );
});

test("ready waits until it runs or cannot", async () => {
  const status = createStatus(DECLARED);
  let settled = false;
  void status.settled.then(() => (settled = true));
  status.turn("waiting", "");
  status.turn("starting", "");
  await Promise.resolve();
  assert.equal(settled, false);
  status.turn("stopped", "worker: it could not be started");
  await status.settled;
  assert.equal(status.snapshot().why, "worker: it could not be started");
});

test("the log is bounded and a copy", () => {
  const status = createStatus(DECLARED);
  for (let entry = 0; entry < 600; entry += 1) status.note([decision("held", "cooldown")]);
  assert.equal(status.log().length, 500);
  status.log()[0].reason = "mine";
  assert.equal(status.log()[0].reason, "cooldown");
});

test("the page's scripts hear what is noticed, shown and taken back, once status() says so", async () => {
  const status = createStatus(DECLARED);
  const heard = [];
  for (const type of ["trimtab:segment", "trimtab:adjust", "trimtab:undo"]) {
    document.addEventListener(type, ({ detail }) => {
      const { segments, adjustments } = status.snapshot();
      heard.push([type, detail, segments, adjustments[0].state]);
    });
  }
  const turn = async (work) => (work(), await null);
  await turn(() => status.booted({ arm: "a/b", boot_ms: 1, resumed: true, segments: ["reader"] }));
  await turn(() => status.note([{ t_ms: 1, segment: "skimmer", entered: true, because: "fast", strength: 1 }]));
  await turn(() => status.adjust(0, "applied", "", true));
  await turn(() => status.adjust(0, "applied", "", true));
  await turn(() => status.adjust(0, "deferred", "it would move what is in view")); // to take it back
  await turn(() => status.adjust(0, "deferred", "no element matches", false));
  await turn(() => status.adjust(0, "applied", "", true));
  assert.equal(status.snapshot().adjustments[0].reason, "");
  await turn(() => status.adjust(0, "undone", "the visitor took it back", false));
  await turn(() => status.turn("off", "switched off"));
  assert.deepEqual(heard, [
    ["trimtab:segment", { segment: "reader", entered: true, because: "as on the page before" }, ["reader"], "idle"],
    ["trimtab:segment", { segment: "skimmer", entered: true, because: "fast" }, ["reader", "skimmer"], "idle"],
    ["trimtab:adjust", { adjustment: "short" }, ["reader", "skimmer"], "applied"],
    ["trimtab:undo", { adjustment: "short", reason: "no element matches" }, ["reader", "skimmer"], "deferred"],
    ["trimtab:adjust", { adjustment: "short" }, ["reader", "skimmer"], "applied"],
    ["trimtab:undo", { adjustment: "short", reason: "the visitor took it back" }, ["reader", "skimmer"], "undone"],
    ["trimtab:segment", { segment: "reader", entered: false, because: "switched off" }, [], "idle"],
    ["trimtab:segment", { segment: "skimmer", entered: false, because: "switched off" }, [], "idle"],
  ]);
});

const TYPES = readFileSync(new URL("../../agent/trimtab/browser/trimtab.d.ts", import.meta.url), "utf-8");
const fields = (name) => {
  const [, body] = new RegExp(`^export interface ${name} \\{\\n([^]*?)^\\}`, "m").exec(TYPES);
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field).sort();
};

test("the types name every field that status() and report() have, and no other", async () => {
  const status = createStatus(DECLARED);
  assert.deepEqual(Object.keys(status.snapshot()).sort(), fields("TrimtabStatus"));
  assert.deepEqual(Object.keys(status.snapshot().adjustments[0]).sort(), fields("TrimtabAdjustmentStatus"));
  const api = createApi({ report: async () => null }, status, []);
  assert.deepEqual(Object.keys(await api.report()).sort(), fields("TrimtabReport"));
});
