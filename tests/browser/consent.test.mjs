import assert from "node:assert/strict";
import { test } from "node:test";

import { DENIED, decide, readConsent, vetoOf, wordsOf } from "../../agent/trimtab/browser/page/consent.js";

const ALL = { observe: true, adapt: true, remember: true, share: true };
const NONE = { observe: "", adapt: "", remember: "", share: "" };

const UNSAID = { observe: undefined, adapt: undefined, remember: undefined, share: undefined };

test("what a call leaves out has no answer yet, and no answer any more if it had one", () => {
  assert.deepEqual(readConsent({ observe: true }, {}).words, { ...UNSAID, observe: true });
  assert.deepEqual(readConsent({}, { observe: true, adapt: false }).words, { ...UNSAID, observe: false, adapt: false });
});

test("false denies, also as the first word, and null takes an answer back", () => {
  assert.deepEqual(readConsent(DENIED, {}), { words: DENIED, mistakes: 0 });
  assert.deepEqual(readConsent({ ...DENIED, share: null }, ALL), { words: { ...DENIED, share: undefined }, mistakes: 0 });
});

test("only true grants; what is no answer at all denies and is counted", () => {
  for (const word of [1, 0, "true", "yes", {}]) {
    assert.deepEqual(readConsent({ ...ALL, observe: word }, {}), { words: { ...ALL, observe: false }, mistakes: 1 });
  }
  assert.deepEqual(readConsent({ ...ALL, share: false }, {}).mistakes, 0);
});

test("a call that says nothing denies everything", () => {
  for (const said of [null, undefined, "all", 7]) {
    assert.deepEqual(readConsent(said, {}), { words: DENIED, mistakes: 1 });
  }
});

test("a call that cannot be read to its end denies everything", () => {
  const said = {
    ...ALL,
    get remember() {
      throw new Error("half way");
    },
  };
  assert.deepEqual(readConsent(said, {}), { words: DENIED, mistakes: 1 });
});

test("a capability that does not exist is a mistake", () => {
  assert.equal(readConsent({ ...ALL, track: true }, {}).mistakes, 1);
  assert.equal(readConsent({ toString: true }, {}).mistakes, 1);
});

test("a capability needs all of its purposes, and one without purposes is not spoken of", () => {
  const needs = { adapt: [6], share: [1, 8] };
  assert.deepEqual(wordsOf(needs, (purpose) => purpose !== 8), { adapt: true, share: false });
});

test("while nobody speaks nothing is granted, and nothing denied either", () => {
  assert.deepEqual(decide([["visitor", {}], ["site", {}]], ""), { consent: DENIED, by: NONE, denied: DENIED });
});

test("Global Privacy Control denies sharing and nothing else, whatever anybody says", () => {
  const { consent, by, denied } = decide([["visitor", { share: true }], ["site", ALL]], "gpc");
  assert.deepEqual(consent, { ...ALL, share: false });
  assert.deepEqual(by, { observe: "site", adapt: "site", remember: "site", share: "gpc" });
  assert.deepEqual(denied, { ...DENIED, share: true });
});

test("a browser that a program drives does not share, unless that is wanted; Global Privacy Control holds even then", () => {
  const say = (told) => Object.defineProperty(globalThis, "navigator", { configurable: true, value: told });
  say({});
  assert.equal(vetoOf(false), "");
  say({ webdriver: true });
  assert.deepEqual([vetoOf(false), vetoOf(true)], ["webdriver", ""]);
  say({ webdriver: true, globalPrivacyControl: true });
  assert.deepEqual([vetoOf(false), vetoOf(true)], ["gpc", "gpc"]);
});

test("a yes is the first one's in the order, and a no of anybody holds against it", () => {
  const sources = [["visitor", {}], ["site", { observe: true, share: true }], ["tcf", { observe: true, share: false }]];
  const { consent, by, denied } = decide(sources, "");
  assert.deepEqual(consent, { ...DENIED, observe: true });
  assert.deepEqual(by, { ...NONE, observe: "site", share: "tcf" });
  assert.deepEqual(denied, { ...DENIED, share: true });
});

test("the visitor's own choice counts before all others", () => {
  const { consent, by } = decide([["visitor", { share: true, adapt: false }], ["site", ALL], ["tcf", DENIED]], "");
  assert.deepEqual(consent, { ...DENIED, share: true });
  assert.deepEqual(by, { observe: "tcf", adapt: "visitor", remember: "tcf", share: "visitor" });
});

test("nobody can change what was decided", () => {
  assert.ok(Object.isFrozen(decide([["visitor", {}], ["site", ALL]], "").consent));
  assert.ok(Object.isFrozen(DENIED));
});
