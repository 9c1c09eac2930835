import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createJournal } from "../../agent/trimtab/browser/page/journal.js";

let journal;
const batch = (now_ms) => ({ type: "batch", rows: new ArrayBuffer(0), now_ms });
const step = (...decisions) => ({ type: "step", log: decisions.map((t_ms) => ({ t_ms })), commands: decisions.map((n) => ["apply", n]) });
const saved = (taken, heard = 0) => ({ type: "saved", text: `after ${taken}`, taken, heard });
const times = ({ messages }) => messages.map(({ now_ms }) => now_ms);

beforeEach(() => (journal = createJournal()));

test("without a checkpoint another worker begins anew and is told all", () => {
  [1, 2, 3].forEach((now_ms) => journal.note(batch(now_ms)));
  const again = journal.again([]);
  assert.equal(again.saved, null);
  assert.deepEqual(times(again), [1, 2, 3]);
});

test("with one it is told what came after", () => {
  [1, 2, 3].forEach((now_ms) => journal.note(batch(now_ms)));
  journal.keep(saved(2, 1));
  journal.note(batch(4));
  const again = journal.again([]);
  assert.deepEqual([again.saved, again.heard, times(again)], ["after 2", 1, [3, 4]]);
});

test("what it says again is not heard twice, however it is divided", () => {
  journal.news(step(1, 2));
  journal.keep(saved(0));
  journal.news(step(3, 4, 5));
  journal.again([]);
  assert.deepEqual(journal.news(step(3, 4)), { type: "step", log: [], commands: [] });
  assert.deepEqual(journal.news(step(5, 6)), step(6));
  assert.deepEqual(journal.news(step(7)), step(7));
});

test("another worker counts its messages anew, and may be followed as well", () => {
  [1, 2].forEach((now_ms) => journal.note(batch(now_ms)));
  journal.keep(saved(1));
  journal.again([]);
  journal.note(batch(3));
  journal.keep(saved(1));
  assert.deepEqual(times(journal.again([])), [3]);
});

test("a question that has its answer is not asked again, and one before the checkpoint has none", () => {
  const [early, answered, waiting] = [() => 1, () => 2, () => 3];
  for (const settle of [early, answered, waiting]) journal.note({ type: "explain" }, settle);
  journal.keep(saved(1));
  const again = journal.again([early, waiting]);
  assert.equal(again.messages.length, 1);
  assert.deepEqual(again.asking, [waiting]);
});
