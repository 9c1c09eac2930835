/** One answer from everybody who may speak about consent: the visitor in our panel, the site, consent managers, GPC. */

import { CAPABILITIES, decide, grantsAnything, readConsent, vetoOf } from "../consent.js";
import { keepChoice, recallChoice } from "../storage.js";
import { askSources } from "./sources.js";

/**
 * @typedef {import("../consent.js").Words} Words
 *
 * @typedef {object} Adapter
 * @property {() => void} open Asks the sources that the site has named, and what the visitor chose on an earlier page.
 * @property {(said: unknown) => void} hearSite The site's call: everything at once.
 * @property {(words: import("../../trimtab.js").TrimtabChoice) => void} choose The visitor's own, as it says there.
 * @property {() => void} reread Another tab may have stored another choice.
 * @property {() => void} close The sources are asked no more.
 */

/**
 * @param {(decision: import("../consent.js").Decision) => void} follow
 * @param {(count?: number) => void} mistake
 * @param {boolean} automated Reports of a browser that a program drives are wanted.
 * @returns {Adapter}
 */
export function createAdapter(follow, mistake, automated) {
  /** @type {Words} */
  let visitor = {};
  let answered = false;
  /** @type {Map<string, Words>} in the order in which they are asked */
  const sources = new Map([["site", {}]]);
  let close = () => {};

  function settle() {
    const decision = decide([["visitor", visitor], ...sources], vetoOf(automated));
    follow(decision);
    return decision;
  }

  /** @param {string} name @param {Words} words */
  function hear(name, words) {
    const before = sources.get(name) ?? {};
    sources.set(name, words);
    const ended = CAPABILITIES.filter((one) => visitor[one] && words[one] === false && before[one] !== false);
    for (const capability of ended) delete visitor[capability];
    const { consent, denied } = settle();
    if (ended.length || denied.remember) keepChoice(visitor, consent.remember);
  }

  return {
    open() {
      visitor = recallChoice();
      close = askSources(hear, mistake);
      settle();
    },
    hearSite(said) {
      const { words, mistakes } = readConsent(said);
      mistake(mistakes);
      // Consent managers deny everything until they know: that is no word of the visitor's yet.
      answered ||= grantsAnything(words);
      hear("site", answered ? words : {});
    },
    choose(words) {
      for (const one of CAPABILITIES) {
        const word = words[one];
        if (one in words) visitor[one] = typeof word === "boolean" ? word : undefined;
      }
      const { consent } = settle();
      keepChoice(visitor, consent.remember);
    },
    reread() {
      const stored = recallChoice();
      for (const one of CAPABILITIES) if (stored[one] !== undefined || visitor[one] === false) visitor[one] = stored[one];
      settle();
    },
    close: () => close(),
  };
}
