import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { askGpp } from "../../agent/trimtab/browser/page/consent/gpp.js";
import { watchGoogle } from "../../agent/trimtab/browser/page/consent/google.js";
import { askTcf } from "../../agent/trimtab/browser/page/consent/tcf.js";
import { createScope } from "../../agent/trimtab/browser/page/scope.js";

const PURPOSES = { adapt: [6], share: [1, 8], remember: [-2] };
const TYPES = { adapt: ["personalization_storage"], share: ["analytics_storage", "ad_storage"] };

/** What each word that was said reads as: "threw" if it cannot be read. */
let said;
let scope;

const say = (read) => {
  try {
    said.push(read());
  } catch {
    said.push("threw");
  }
};
const last = () => said.filter((words) => words !== null).at(-1);

beforeEach(() => {
  globalThis.window = Object.assign(new EventTarget());
  globalThis.document = { readyState: "complete" };
  said = [];
  scope = createScope((error) => assert.fail(error));
});

/** A consent manager whose every word the test says itself. */
function manager(name, place) {
  const heard = { removed: [] };
  window[name] = (command, ...rest) => {
    if (command === "addEventListener") heard.tell = rest[place];
    else heard.removed.push(rest.at(-1));
  };
  return heard;
}

const tcData = (more) => ({
  listenerId: 5,
  cmpStatus: "loaded",
  eventStatus: "useractioncomplete",
  gdprApplies: true,
  publisher: { consents: { 1: true, 6: true, 8: true }, customPurpose: { consents: { 2: true } } },
  ...more,
});
const YES = { adapt: true, remember: true, share: true };
const NO = { adapt: false, remember: false, share: false };

test("TCF: the publisher's purposes and custom purposes grant", () => {
  const cmp = manager("__tcfapi", 1);
  askTcf(PURPOSES, say, scope);
  cmp.tell(tcData(), true);
  assert.deepEqual(last(), YES);
  cmp.tell(tcData({ publisher: { consents: { 6: true, 1: true } } }), true);
  assert.deepEqual(last(), { adapt: true, remember: false, share: false });
});

test("TCF: an open dialogue and a status that nobody knows say nothing new", () => {
  const cmp = manager("__tcfapi", 1);
  askTcf(PURPOSES, say, scope);
  for (const eventStatus of ["cmpuishown", undefined, "new"]) cmp.tell(tcData({ eventStatus }), true);
  assert.deepEqual(said, [null, null, null]);
});

test("TCF: failing, an error and an unknown law deny; where the law does not apply nothing is known", () => {
  const cmp = manager("__tcfapi", 1);
  askTcf(PURPOSES, say, scope);
  const cases = [
    [null, false, NO],
    [tcData(), false, NO],
    [tcData({ cmpStatus: "error" }), true, NO],
    [tcData({ gdprApplies: undefined }), true, NO],
    [tcData({ publisher: undefined }), true, NO],
    [tcData({ publisher: { consents: { 6: 1, 1: "true", 8: {} } } }), true, NO],
    [tcData({ gdprApplies: false }), true, {}],
    [null, true, "threw"],
  ];
  for (const [data, success, words] of cases) {
    cmp.tell(data, success);
    assert.deepEqual(last(), words);
  }
});

test("TCF: what comes before the page has loaded is found, what never comes is not waited for", () => {
  document.readyState = "loading";
  askTcf(PURPOSES, say, scope);
  const cmp = manager("__tcfapi", 1);
  window.dispatchEvent(new Event("load"));
  cmp.tell(tcData(), true);
  assert.deepEqual(last(), YES);
});

test("TCF: when the visitor has switched off, the listener is taken away", () => {
  const cmp = manager("__tcfapi", 1);
  askTcf(PURPOSES, say, scope);
  cmp.tell(tcData(), true);
  scope.end();
  assert.deepEqual(cmp.removed, [5]);
  cmp.tell(tcData({ publisher: {} }), true);
  assert.deepEqual(said, [YES]);
});

test("TCF: a manager that has disappeared is not asked to take the listener away", () => {
  const cmp = manager("__tcfapi", 1);
  askTcf(PURPOSES, say, scope);
  cmp.tell(tcData(), true);
  delete window.__tcfapi;
  scope.end();
  assert.deepEqual(said, [YES]);
});

const gppEvent = (parsedSections, more) => ({
  eventName: "signalStatus",
  listenerId: 9,
  pingData: { cmpStatus: "loaded", signalStatus: "ready", parsedSections, ...more },
});
const EUROPE = { PublisherConsents: [true, false, false, false, false, true, false, true], PublisherCustomConsents: [false, true] };

test("GPP: Europe's section grants, as one object or in parts; an opt-out in America denies sharing", () => {
  const cmp = manager("__gpp", 0);
  askGpp(PURPOSES, say, scope);
  cmp.tell(gppEvent({ tcfeuv2: EUROPE }), true);
  assert.deepEqual(last(), YES);
  cmp.tell(gppEvent({ tcfeuv2: [{ Version: 2 }, EUROPE] }), true);
  assert.deepEqual(last(), YES);
  cmp.tell(gppEvent({ usnat: [{ SaleOptOut: 2, TargetedAdvertisingOptOut: 1 }] }), true);
  assert.deepEqual(last(), { share: false });
  cmp.tell(gppEvent({ tcfeuv2: EUROPE, usca: { SharingOptOut: 0, Gpc: true } }), true);
  assert.deepEqual(last(), { ...YES, share: false });
  cmp.tell(gppEvent({ usnat: { SaleOptOut: 2, SharingOptOut: 0, Gpc: false } }), true);
  assert.deepEqual(last(), {}, "not to have opted out is no yes");
});

test("GPP: nothing is known while it is not ready; an error denies", () => {
  const cmp = manager("__gpp", 0);
  askGpp(PURPOSES, say, scope);
  cmp.tell(gppEvent({ tcfeuv2: EUROPE }, { signalStatus: "not ready" }), true);
  assert.deepEqual(last(), {});
  cmp.tell({ ...gppEvent({ tcfeuv2: EUROPE }), eventName: "error" }, true);
  assert.deepEqual(last(), NO);
  cmp.tell(gppEvent({ tcfeuv2: EUROPE }, { cmpStatus: "error" }), true);
  assert.deepEqual(last(), NO);
  cmp.tell(null, false);
  assert.deepEqual(last(), NO);
  cmp.tell({ listenerId: 9 }, true);
  assert.equal(last(), "threw");
  scope.end();
  assert.deepEqual(cmp.removed, [9]);
});

function gtag() {
  window.dataLayer.push(arguments);
}
const granted = (...types) => Object.fromEntries(types.map((type) => [type, "granted"]));
const denied = (...types) => Object.fromEntries(types.map((type) => [type, "denied"]));

test("Google: what was pushed before we came counts, and what is no consent command does not", () => {
  window.dataLayer = [{ event: "gtm.js" }, null, "text"];
  gtag("js", new Date());
  gtag("consent", "update", granted("personalization_storage", "analytics_storage", "ad_storage"));
  watchGoogle(TYPES, say, scope);
  assert.deepEqual(last(), { adapt: true, share: true });
});

test("Google: a default that denies is no answer yet, an update is", () => {
  window.dataLayer = [];
  watchGoogle(TYPES, say, scope);
  gtag("consent", "default", { ...denied("personalization_storage", "analytics_storage"), wait_for_update: 500 });
  assert.deepEqual(last(), {});
  gtag("consent", "update", granted("personalization_storage", "analytics_storage"));
  assert.deepEqual(last(), { adapt: true }, "sharing needs both of its types");
  gtag("consent", "update", denied("analytics_storage"));
  assert.deepEqual(last(), { adapt: true, share: false });
});

test("Google: a default for some regions grants nothing, and what it denies nobody has by default", () => {
  window.dataLayer = [];
  watchGoogle(TYPES, say, scope);
  gtag("consent", "default", { ...granted("personalization_storage"), region: ["US"] });
  assert.deepEqual(last(), {});
  gtag("consent", "default", granted("personalization_storage"));
  assert.deepEqual(last(), { adapt: true });
  gtag("consent", "default", { ...denied("personalization_storage"), region: ["ES"] });
  assert.deepEqual(last(), {});
  gtag("consent", "default", granted("personalization_storage"));
  assert.deepEqual(last(), {});
});

test("Google: a page that wraps or replaces push is heard as before, and its own push works", () => {
  window.dataLayer = [];
  watchGoogle(TYPES, say, scope);
  const { push } = window.dataLayer;
  const wrapped = [];
  window.dataLayer.push = function (...entries) {
    wrapped.push(...entries);
    return push.apply(window.dataLayer, entries);
  };
  gtag("consent", "update", granted("personalization_storage"));
  assert.deepEqual([last(), wrapped.length, window.dataLayer.length], [{ adapt: true }, 1, 1]);
  window.dataLayer.push = () => 7;
  assert.equal(window.dataLayer.push({ event: "x" }), 7);
  gtag("consent", "update", denied("personalization_storage"));
  assert.deepEqual(last(), { adapt: false });
  push(["consent", "update", granted("personalization_storage")]);
  assert.deepEqual(last(), { adapt: true }, "a push that was kept is heard too");
});

test("Google: a data layer that is made later, or anew, is heard; one that goes says nothing more", () => {
  watchGoogle(TYPES, say, scope);
  window.dataLayer = window.dataLayer || [];
  gtag("consent", "update", granted("personalization_storage"));
  assert.deepEqual(last(), { adapt: true });
  window.dataLayer = [];
  gtag("consent", "update", denied("personalization_storage"));
  assert.deepEqual(last(), { adapt: false });
  delete window.dataLayer;
  assert.equal(window.dataLayer, undefined);
});

test("Google: a command that cannot be read denies, and one without types changes nothing", () => {
  window.dataLayer = [];
  watchGoogle(TYPES, say, scope);
  gtag("consent", "update");
  assert.equal(last(), "threw");
  gtag("consent", "default", {});
  assert.deepEqual(last(), {});
});
