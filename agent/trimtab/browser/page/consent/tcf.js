/**
 * IAB TCF: what the visitor told a consent manager about the site itself, as trimtab is no listed vendor.
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md
 */

import { wordsOf } from "../consent.js";
import { whenThere } from "./there.js";

const VERSION = 2;
/** The visitor has decided, on this page or before. While the dialogue is open the last word counts. */
const DECIDED = ["tcloaded", "useractioncomplete"];

/**
 * Purposes are the numbers of TCF; a negative one is a custom purpose of the site.
 * @type {import("./sources.js").Source}
 */
export function askTcf(needs, say, scope) {
  /** @type {number | undefined} */
  let listener;
  const find = () => Reflect.get(window, "__tcfapi");

  const hear = scope.guarded((/** @type {any} */ data, /** @type {boolean} */ success) =>
    say(() => {
      listener = data?.listenerId ?? listener;
      const failed = !success || data.cmpStatus === "error";
      if (!failed && !DECIDED.includes(data.eventStatus)) return null;
      if (!failed && data.gdprApplies === false) return {}; // nobody was asked, so nobody has answered
      const { consents, customPurpose } = (!failed && data.gdprApplies === true && data.publisher) || {};
      return wordsOf(needs, (purpose) => (purpose > 0 ? consents : customPurpose?.consents)?.[Math.abs(purpose)] === true);
    }),
  );

  whenThere(scope, find, (api) => {
    api("addEventListener", VERSION, hear);
    scope.onEnd(() => find()?.("removeEventListener", VERSION, () => {}, listener));
  });
}
