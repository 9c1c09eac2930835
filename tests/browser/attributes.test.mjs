import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { KINDS } from "../../agent/trimtab/browser/page/adjust/kinds.js";
import { partsOf } from "../../agent/trimtab/browser/page/adjust/change.js";
import { refusal } from "../../agent/trimtab/browser/page/adjust/safe_attribute.js";
import { refusedStyle } from "../../agent/trimtab/browser/page/adjust/style.js";

const cases = (name) => JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf-8"));
const { attributes, styles } = cases("attributes");
const { adjustments } = cases("adjustments");

for (const { name, value, safe } of attributes) {
  test(`${name}=${JSON.stringify(value)} is ${safe ? "set" : "refused"}`, () => {
    assert.equal(refusal("div", name, value) === "", safe);
  });
}

for (const { name, value, safe } of styles) {
  test(`the style ${name}: ${JSON.stringify(value)} is ${safe ? "set" : "refused"}`, () => {
    assert.equal(refusedStyle(name, value) === "", safe);
  });
}

test("of each kind there is a case, and the page knows what it takes for itself", () => {
  assert.deepEqual(adjustments.map((each) => each.do.kind).sort(), Object.keys(KINDS).sort());
  for (const each of adjustments) assert.deepEqual(partsOf(each.do), each.parts);
});

test("of a form nothing is set but what is said about it", () => {
  assert.notEqual(refusal("form", "target", "_blank"), "");
  assert.notEqual(refusal("form", "novalidate", ""), "");
  assert.equal(refusal("form", "aria-label", "x") + refusal("form", "data-step", "2"), "");
});

test("an element that loads or runs something keeps its attributes", () => {
  for (const element of ["script", "iframe", "base", "meta", "object", "animate", "animateMotion", "set", "use", "source", "track"]) {
    assert.notEqual(refusal(element, "data-x", "1"), "");
  }
});

test("a refusal says what and why", () => {
  assert.equal(refusal("a", "onClick", "x"), "onclick can run script, load something or change what a form sends");
});
