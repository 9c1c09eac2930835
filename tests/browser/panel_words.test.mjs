import assert from "node:assert/strict";
import { test } from "node:test";

import { numbers, wordsFor } from "../../agent/trimtab/browser/panel/words.js";

test("what was compared is told with the point of the language", () => {
  const because = "reading story 612.5 wpm > 1.25 for 2.1 s.";
  assert.equal(numbers(wordsFor("de", {}), because), "reading story 612,5 wpm > 1,25 for 2,1 s.");
  assert.equal(numbers(wordsFor("en", {}), because), because);
  assert.equal(numbers(wordsFor("en", { story: { point: "٫" } }), because), because.replace(/\.(?=\d)/g, "٫"));
});
