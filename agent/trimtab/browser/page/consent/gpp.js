/**
 * IAB GPP: a consent manager for several laws. Europe's section tells a yes or a no, the American ones a no to sharing.
 * https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform/blob/main/Core/CMP%20API%20Specification.md
 */

import { wordsOf } from "../consent.js";
import { whenThere } from "./there.js";

/** Fields of the American sections in which 1 means that the visitor has opted out. */
const OPT_OUTS = ["SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut", "OptOutSale"];

/**
 * Purposes are the numbers of TCF; a negative one is a custom purpose of the site.
 * @type {import("./sources.js").Source}
 */
export function askGpp(needs, say, scope) {
  /** @type {number | undefined} */
  let listener;
  const find = () => Reflect.get(window, "__gpp");

  const hear = scope.guarded((/** @type {any} */ event, /** @type {boolean} */ success) =>
    say(() => {
      listener = event?.listenerId ?? listener;
      const ping = success ? event.pingData : {};
      if (!success || event.eventName === "error" || ping.cmpStatus === "error") return wordsOf(needs, () => false);
      if (ping.signalStatus !== "ready") return {}; // the visitor is deciding
      return wordsIn(needs, ping.parsedSections ?? {});
    }),
  );

  whenThere(scope, find, (api) => {
    api("addEventListener", hear);
    scope.onEnd(() => find()?.("removeEventListener", () => {}, listener));
  });
}

/**
 * A section is an object of fields, or a list of such.
 * @param {import("./sources.js").Needs} needs
 * @param {Record<string, any>} sections
 * @returns {import("../consent.js").Words}
 */
function wordsIn(needs, { tcfeuv2, ...others }) {
  const europe = tcfeuv2 && Object.assign({}, ...[tcfeuv2].flat());
  const words = europe
    ? wordsOf(needs, (purpose) => {
        const consents = purpose > 0 ? europe.PublisherConsents : europe.PublisherCustomConsents;
        return consents?.[Math.abs(purpose) - 1] === true;
      })
    : {};
  const optedOut = Object.values(others)
    .flat()
    .some((part) => part?.Gpc === true || OPT_OUTS.some((field) => part?.[field] === 1));
  return optedOut ? { ...words, share: false } : words;
}
