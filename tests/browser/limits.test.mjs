import assert from "node:assert/strict";
import { test } from "node:test";

import { reasonToStayAway } from "../../agent/trimtab/browser/page/limits.js";

globalThis.Worker ??= class {};

const CASES = [
  [{}, ""],
  [{ connection: { saveData: false, effectiveType: "3g" }, deviceMemory: 1 }, ""],
  [{ connection: { saveData: true } }, "the visitor saves data"],
  [{ connection: { effectiveType: "2g" } }, "the connection is too slow"],
  [{ connection: { effectiveType: "slow-2g" } }, "the connection is too slow"],
  [{ deviceMemory: 0.5 }, "the device has too little memory"],
];

for (const [device, reason] of CASES) {
  test(`${JSON.stringify(device)}: ${reason || "go on"}`, () => assert.equal(reasonToStayAway(device), reason));
}
