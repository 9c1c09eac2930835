import assert from "node:assert/strict";
import { test } from "node:test";

import { createFights } from "../../agent/trimtab/browser/page/fights.js";

/** Loses at these times; gives what it was told, and until when it has to rest. */
function lose(fights, thing, ...times) {
  return times.map((at) => [fights.lose(thing, at), fights.restsUntil(thing)]);
}

test("two reversals are no loop, nor are three that took more than two seconds", () => {
  const thing = {};
  assert.deepEqual(lose(createFights(), thing, 0, 1000, 2000, 3100), [
    [true, -Infinity],
    [true, -Infinity],
    [true, -Infinity],
    [true, -Infinity],
  ]);
});

test("rests grow, and after the last one it is given up", () => {
  const fights = createFights();
  const thing = {};
  const rests = [];
  let now = 0;
  let goesOn = true;
  for (let turns = 0; goesOn && turns < 100; turns += 1) {
    goesOn = fights.lose(thing, now);
    const until = fights.restsUntil(thing);
    if (until > now) rests.push(until - now);
    now = Math.max(now + 50, until);
  }
  assert.deepEqual(rests, [1000, 2000, 4000, Infinity]);
});

test("one element's fight is not another's", () => {
  const fights = createFights();
  lose(fights, {}, 0, 50, 100);
  assert.deepEqual(lose(fights, {}, 150), [[true, -Infinity]]);
});

test("what was left in peace for a minute begins anew", () => {
  const fights = createFights();
  const thing = {};
  lose(fights, thing, 0, 50, 100, 1200, 1250, 1300);
  assert.equal(fights.restsUntil(thing), 3300);
  lose(fights, thing, 63_400, 63_450, 63_500);
  assert.equal(fights.restsUntil(thing), 64_500);
});
