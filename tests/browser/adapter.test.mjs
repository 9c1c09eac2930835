import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createAdapter } from "../../agent/trimtab/browser/page/consent/adapter.js";
import { CHOICE } from "../../agent/trimtab/browser/page/storage.js";

const ALL = { observe: true, adapt: true, remember: true, share: true };
const NOTHING = { observe: false, adapt: false, remember: false, share: false };

/** The other tabs: what they hear, and what they say. */
class Channel {
  static open = [];
  static heard = [];
  constructor(name) {
    this.name = name;
    Channel.open.push(this);
  }
  postMessage() {
    Channel.heard.push(this.name);
  }
  close() {
    Channel.open.splice(Channel.open.indexOf(this), 1);
  }
}
const listening = () => Channel.open.map(({ name }) => name);
const tell = (name) => Channel.open.find((channel) => channel.name === name)?.onmessage();

let kept;
let adapter;
let last;
let mistakes;

/** A fresh page over the same storage. */
function load() {
  last = null;
  adapter = createAdapter(
    (decision) => (last = decision),
    (count = 1) => (mistakes += count),
  );
  adapter.open();
}

const granted = () => Object.keys(ALL).filter((one) => last.consent[one]);

beforeEach(() => {
  kept = new Map();
  mistakes = 0;
  Channel.open = [];
  Channel.heard = [];
  globalThis.BroadcastChannel = Channel;
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: {} });
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  };
  load();
});

test("a page begins without consent, and nothing is stored", () => {
  assert.deepEqual(granted(), []);
  assert.equal(kept.size, 0);
});

test("a call that denies is a no, also as the first word; one that leaves all out is no answer until there was one", () => {
  adapter.hearSite({});
  assert.deepEqual(last.denied, NOTHING);
  adapter.hearSite(NOTHING);
  assert.deepEqual([granted(), last.denied], [[], ALL]);
  adapter.hearSite(ALL);
  assert.deepEqual([granted(), last.denied], [Object.keys(ALL), NOTHING]);
  adapter.hearSite({});
  assert.deepEqual([granted(), last.denied], [[], ALL]);
  adapter.hearSite({ ...ALL, adapt: null });
  assert.deepEqual([granted(), last.denied], [["observe", "remember", "share"], NOTHING]);
});

test("a call that throws half way leaves no earlier grant standing", () => {
  adapter.hearSite(ALL);
  adapter.hearSite({
    observe: true,
    get adapt() {
      throw new Error("half way");
    },
  });
  assert.deepEqual([granted(), mistakes], [[], 1]);
});

test("the visitor's no is stored, holds on the next page, and until the visitor takes it back", () => {
  adapter.choose({ share: false });
  assert.equal(kept.get(CHOICE), "---n");
  load();
  adapter.hearSite(ALL);
  assert.deepEqual([granted(), last.by.share], [["observe", "adapt", "remember"], "visitor"]);
  adapter.choose({ share: null });
  assert.deepEqual([granted(), kept.size], [Object.keys(ALL), 0]);
});

test("what is neither yes nor no is no choice", () => {
  adapter.choose({ observe: true, remember: true });
  adapter.choose({ observe: "yes", share: 1 });
  assert.deepEqual([granted(), kept.get(CHOICE)], [["remember"], "--y-"]);
});

test("the visitor's yes is stored only if they may be remembered", () => {
  adapter.choose({ observe: true, adapt: true });
  assert.deepEqual([granted(), kept.size], [["observe", "adapt"], 0]);
  adapter.choose({ remember: true, share: false });
  assert.equal(kept.get(CHOICE), "yyyn");
  load();
  assert.deepEqual(granted(), ["observe", "adapt", "remember"]);
});

test("the visitor's yes outranks a no that was there, and ends with a later one", () => {
  adapter.hearSite({ observe: true, adapt: true });
  adapter.choose({ remember: true });
  assert.deepEqual(granted(), ["observe", "adapt", "remember"]);
  adapter.hearSite({ observe: true, adapt: true });
  assert.deepEqual(granted(), ["observe", "adapt", "remember"], "the same no again is no later one");
  adapter.hearSite(ALL);
  adapter.hearSite({ observe: true, adapt: true });
  assert.deepEqual([granted(), last.by.remember, kept.size], [["observe", "adapt"], "site", 0]);
});

test("a no to remembering keeps no yes, but every no", () => {
  adapter.choose({ ...ALL, share: false });
  adapter.choose({ remember: false });
  assert.equal(kept.get(CHOICE), "--nn");
});

test("a stored choice that was tampered with says only what can be read", () => {
  for (const [text, says] of [["", []], ["yes", ["observe"]], ["\u0000yxz9", ["adapt"]], ["Y1tr", []]]) {
    kept.set(CHOICE, text);
    load();
    assert.deepEqual(granted(), says);
  }
});

test("another tab's choice is read again: a no at once, and that it was taken back", () => {
  adapter.hearSite(ALL);
  kept.set(CHOICE, "nnnn");
  adapter.reread();
  assert.deepEqual(granted(), []);
  kept.delete(CHOICE);
  adapter.reread();
  assert.deepEqual(granted(), Object.keys(ALL));
});

test("Global Privacy Control is asked at every decision", () => {
  adapter.hearSite(ALL);
  navigator.globalPrivacyControl = true;
  adapter.reread();
  assert.deepEqual([granted(), last.by.share], [["observe", "adapt", "remember"], "gpc"]);
});

test("a page listens for the others' no only while it may do what they can deny", () => {
  adapter.hearSite({ adapt: true, share: true });
  assert.deepEqual(listening(), [], "without observing nothing is done");
  adapter.hearSite({ observe: true, adapt: true });
  assert.deepEqual(listening(), ["trimtab.adapt", "trimtab.observe"]);
  adapter.hearSite({ observe: true });
  assert.deepEqual(listening(), ["trimtab.observe"]);
  adapter.hearSite(NOTHING);
  assert.deepEqual(listening(), []);
});

test("a no is told to the other tabs once, a yes and a pause are not", () => {
  adapter.hearSite(ALL);
  adapter.hearSite({ observe: null });
  adapter.hearSite({ observe: true, adapt: false, remember: false, share: false });
  adapter.hearSite({ observe: true });
  assert.deepEqual(Channel.heard, ["trimtab.share", "trimtab.remember", "trimtab.adapt"]);
  adapter.hearSite(ALL);
  adapter.hearSite({ ...ALL, adapt: false });
  assert.deepEqual(Channel.heard.slice(3), ["trimtab.adapt"]);
});

test("what the visitor chose is stored and not told, and neither is what each browser says itself", () => {
  navigator.globalPrivacyControl = true;
  adapter.choose(NOTHING);
  adapter.hearSite(ALL);
  assert.deepEqual([Channel.heard, last.by.share], [[], "gpc"]);
});

test("the no of another tab counts here, is not told on, and ends with a later yes of this page", () => {
  adapter.hearSite(ALL);
  tell("trimtab.adapt");
  tell("trimtab.share");
  assert.deepEqual([granted(), last.by.adapt, Channel.heard], [["observe", "remember"], "tab", []]);
  adapter.hearSite({ ...ALL, share: null });
  assert.deepEqual([granted(), last.denied.share], [["observe", "adapt", "remember"], true]);
});

test("the no of another tab ends the visitor's earlier yes, also the stored one", () => {
  adapter.choose(ALL);
  assert.equal(kept.get(CHOICE), "yyyy");
  tell("trimtab.adapt");
  assert.deepEqual([granted(), kept.get(CHOICE)], [["observe", "remember", "share"], "y-yy"]);
});

test("where there are no other pages of the origin nobody is told and nobody listens", () => {
  globalThis.origin = "null";
  load();
  delete globalThis.origin;
  adapter.hearSite(ALL);
  adapter.hearSite(NOTHING);
  assert.deepEqual([Channel.heard, granted()], [[], []]);
});
