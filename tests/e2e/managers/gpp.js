/** A consent manager for GPP: the code is the IAB's, from npm; what visitors do is done by the tests. */

import { CmpApi } from "@iabgpp/cmpapi";

const PURPOSES = 24;

let api;
window.manager = {
  load: () => void (api = new CmpApi(7, 1)),
  europe(purposes) {
    const consents = Array.from({ length: PURPOSES }, (_, index) => purposes.includes(index + 1));
    api.setFieldValue("tcfeuv2", "PublisherConsents", consents);
    api.setApplicableSections([2]);
    api.fireSectionChange("tcfeuv2");
  },
  america(field, value) {
    api.setFieldValue("usnat", field, value);
    api.setApplicableSections([7]);
    api.fireSectionChange("usnat");
  },
  signal: (status) => api.setSignalStatus(status),
  fail: () => api.fireErrorEvent("out of order"),
};
