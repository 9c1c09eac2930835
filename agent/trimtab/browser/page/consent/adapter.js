/** One answer from everybody who may speak about consent: the visitor in our panel, the site, consent managers, GPC. */

import { CAPABILITIES, decide, readConsent, vetoOf } from "../consent.js";
import { keepChoice, recallChoice } from "../storage.js";
import { askSources } from "./sources.js";
import { createTabs, TAB } from "./tabs.js";

/**
 * @typedef {import("../consent.js").Words} Words
 *
 * @typedef {object} Adapter
 * @property {() => void} open Asks the sources that the site has named, and what the visitor chose on an earlier page.
 * @property {(said: unknown) => void} hearSite The site's call: everything at once.
 * @property {(capability: keyof Words) => void} hearTab Somebody has denied it on another page of the origin.
 * @property {(words: import("../../trimtab.js").TrimtabChoice) => void} choose The visitor's own, as it says there.
 * @property {() => void} reread Another tab may have stored another choice.
 * @property {(last: import("../consent.js").Decision) => void} close The sources are asked no more; the other pages
 *   still hear what was decided last.
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
  /** @type {Map<string, Words>} in the order in which they are asked */
  const sources = new Map([["site", {}]]);
  let close = () => {};

  function settle() {
    const decision = decide([["visitor", visitor], ...sources], vetoOf(automated));
    follow(decision);
    tabs(decision);
    return decision;
  }

  /** @param {string} name @param {Words} words */
  function hear(name, words) {
    const before = sources.get(name) ?? {};
    sources.set(name, words);
    const ended = CAPABILITIES.filter((one) => visitor[one] && words[one] === false && before[one] !== false);
    for (const capability of ended) delete visitor[capability];
    // What was denied elsewhere is granted again by a word that comes after it.
    const elsewhere = sources.get(TAB) ?? {};
    for (const one of CAPABILITIES) if (words[one]) delete elsewhere[one];
    const { consent, denied } = settle();
    if (ended.length || denied.remember) keepChoice(visitor, consent.remember);
  }

  const hearTab = (/** @type {keyof Words} */ one) => hear(TAB, { ...sources.get(TAB), [one]: false });
  const tabs = createTabs(hearTab);

  return {
    open() {
      visitor = recallChoice();
      close = askSources(hear, mistake);
      settle();
    },
    hearSite(said) {
      const { words, mistakes } = readConsent(said, sources.get("site") ?? {});
      mistake(mistakes);
      hear("site", words);
    },
    hearTab,
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
    close(last) {
      close();
      tabs(last);
    },
  };
}
