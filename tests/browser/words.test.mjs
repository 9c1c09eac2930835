import assert from "node:assert/strict";
import { test } from "node:test";

import { wordsIn } from "../../agent/trimtab/browser/page/taps/words.js";

const CASES = [
  ["", 0],
  ["   \n ", 0],
  ["One, two - three!", 3],
  ["well-known isn't split", 3],
  ["– … •", 0],
  ["Straße, naïve, Ελλάδα, 2026", 4],
  ["吾輩は猫である", 5],
  ["ฉันรักภาษาไทย", 4],
];

for (const [text, words] of CASES) {
  test(`${JSON.stringify(text)} has ${words} words`, () => assert.equal(wordsIn(text), words));
}

test("a long row of signs costs no more than a long row of words", () => {
  assert.equal(wordsIn("-".repeat(200_000)), 0);
});
