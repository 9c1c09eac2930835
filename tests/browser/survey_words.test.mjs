import assert from "node:assert/strict";
import { test } from "node:test";

import { DE, EN } from "../../agent/trimtab/browser/panel/survey/words.js";

test("the survey says everything in each of its languages, with the same values", () => {
  assert.deepEqual(Object.keys(DE), Object.keys(EN));
  for (const [key, sentence] of Object.entries(EN)) {
    assert.deepEqual(DE[key].match(/\{\w+\}/g), sentence.match(/\{\w+\}/g), key);
  }
});
