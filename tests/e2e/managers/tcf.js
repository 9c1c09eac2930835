/** A consent manager for TCF: the code is the IAB's, from npm; what visitors do is done by the tests. */

import { CmpApi } from "@iabtechlabtcf/cmpapi";
import { GVL, TCModel, TCString } from "@iabtechlabtcf/core";
import stub from "@iabtechlabtcf/stub";

const NOBODY = {
  gvlSpecificationVersion: 3,
  vendorListVersion: 1,
  tcfPolicyVersion: 5,
  lastUpdated: "2026-11-01T00:00:00Z",
  purposes: {},
  specialPurposes: {},
  features: {},
  specialFeatures: {},
  stacks: {},
  vendors: {},
};

/** @param {number[]} purposes that the publisher may use, and @param {number[]} custom ones of its own */
function stringOf(purposes, custom) {
  const model = new TCModel(new GVL(NOBODY));
  model.cmpId = 7;
  model.cmpVersion = 1;
  model.isServiceSpecific = true;
  model.numCustomPurposes = 4;
  model.publisherConsents.set(purposes);
  model.publisherCustomConsents.set(custom);
  return TCString.encode(model);
}

let api;
window.manager = {
  stub,
  load: () => void (api = new CmpApi(7, 1, true)),
  /** The dialogue is open; `purposes`: what was agreed to before. */
  ask: (purposes) => api.update(purposes ? stringOf(purposes, []) : "", true),
  answer: (purposes, custom = []) => api.update(stringOf(purposes, custom), false),
  stayOut: () => api.update(null),
  disable: () => api.disable(),
};
