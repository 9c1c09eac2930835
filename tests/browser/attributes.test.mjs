import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { refusal } from "../../agent/trimtab/browser/page/adjust/safe_attribute.js";

const { attributes } = JSON.parse(readFileSync(new URL("../cases/attributes.json", import.meta.url), "utf-8"));

for (const { name, value, safe } of attributes) {
  test(`${name}=${JSON.stringify(value)} is ${safe ? "set" : "refused"}`, () => {
    assert.equal(refusal("div", name, value) === "", safe);
  });
}

test("an element that loads or runs something keeps its attributes", () => {
  for (const element of ["script", "iframe", "base", "meta", "object", "animate", "set"]) {
    assert.notEqual(refusal(element, "data-x", "1"), "");
  }
});

test("a refusal says what and why", () => {
  assert.equal(refusal("a", "onClick", "x"), "onclick can run script or redirect a form");
});
