import assert from "node:assert/strict";
import { test } from "node:test";

import { DENIED, grantsAnything, readConsent } from "../../agent/trimtab/browser/page/consent.js";

const ALL = { observe: true, adapt: true, remember: true, share: true };

test("what a call leaves out is denied", () => {
  assert.deepEqual(readConsent({ observe: true }, false).consent, { ...DENIED, observe: true });
});

test("only true grants; anything else denies and is counted", () => {
  for (const word of [1, "true", "yes", {}, null]) {
    assert.deepEqual(readConsent({ observe: word }, false), { consent: DENIED, mistakes: 1 });
  }
  assert.deepEqual(readConsent({ ...ALL, share: false }, false).mistakes, 0);
});

test("a call that says nothing denies everything", () => {
  for (const said of [null, undefined, "all", 7]) {
    assert.deepEqual(readConsent(said, false), { consent: DENIED, mistakes: 1 });
  }
});

test("a capability that does not exist is a mistake", () => {
  assert.equal(readConsent({ ...ALL, track: true }, false).mistakes, 1);
  assert.equal(readConsent({ toString: true }, false).mistakes, 1);
});

test("Global Privacy Control denies sharing and nothing else", () => {
  assert.deepEqual(readConsent(ALL, true).consent, { ...ALL, share: false });
});

test("one capability is a grant", () => {
  assert.equal(grantsAnything(DENIED), false);
  assert.ok(grantsAnything({ ...DENIED, share: true }));
});

test("nobody can change what was said", () => {
  assert.ok(Object.isFrozen(readConsent(ALL, false).consent));
  assert.ok(Object.isFrozen(DENIED));
});
