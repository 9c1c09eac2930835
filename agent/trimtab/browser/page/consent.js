/** What is permitted: everything is denied until somebody says yes, each capability by itself. */

/** @type {Readonly<import("./messages.js").Consent>} */
export const DENIED = Object.freeze({ observe: false, adapt: false, remember: false, share: false });

export const CAPABILITIES = /** @type {(keyof import("./messages.js").Consent)[]} */ (Object.keys(DENIED));

/**
 * What one source says: yes, no, or no word about a capability.
 * @typedef {{[Capability in keyof import("./messages.js").Consent]?: boolean | undefined}} Words
 *
 * @typedef {object} Decision
 * @property {Readonly<import("./messages.js").Consent>} consent
 * @property {Readonly<Record<keyof import("./messages.js").Consent, string>>} by Which source decided; "": none has.
 * @property {Readonly<import("./messages.js").Consent>} denied What somebody has said no to; the rest is pending.
 */

/** @param {Words} words */
export const grantsAnything = (words) => CAPABILITIES.some((capability) => words[capability] === true);

/**
 * A call says all: what it leaves out is denied. Only `true` grants; "yes", 1 and the like are mistakes and deny. What
 * cannot be read to its end denies everything.
 * @param {unknown} said
 * @returns {{words: Readonly<import("./messages.js").Consent>, mistakes: number}}
 */
export function readConsent(said) {
  try {
    if (typeof said !== "object") throw new TypeError("no object");
    const given = /** @type {Record<string, unknown>} */ (said);
    let mistakes = Object.keys(given).filter((key) => !Object.hasOwn(DENIED, key)).length;
    const words = { ...DENIED };
    for (const capability of CAPABILITIES) {
      const word = given[capability];
      words[capability] = word === true;
      if (word !== undefined && typeof word !== "boolean") mistakes += 1;
    }
    return { words, mistakes };
  } catch {
    return { words: DENIED, mistakes: 1 };
  }
}

/**
 * The words of a source whose purposes the site has mapped: a capability needs all of its purposes.
 * @param {Partial<Record<keyof import("./messages.js").Consent, readonly (string | number)[]>>} needs
 * @param {(purpose: any) => boolean} has
 * @returns {Words}
 */
export function wordsOf(needs, has) {
  /** @type {Words} */
  const words = {};
  for (const capability of CAPABILITIES) {
    const purposes = needs[capability];
    if (purposes) words[capability] = purposes.every(has);
  }
  return words;
}

/**
 * The visitor's own choice counts before all. Else a no of any source holds, and a yes is the first one's in the order.
 * @param {Iterable<[string, Words]>} sources in their order, the visitor first
 * @param {string} veto what denies sharing, whatever anybody says; "": nothing
 * @returns {Decision}
 */
export function decide(sources, veto) {
  const [visitor, ...others] = sources;
  const consent = { ...DENIED };
  const denied = { ...DENIED };
  const by = { observe: "", adapt: "", remember: "", share: "" };
  for (const capability of CAPABILITIES) {
    const of = (/** @type {boolean} */ word) => (/** @type {[string, Words]} */ [, words]) => words[capability] === word;
    const [name, words] =
      veto && capability === "share"
        ? [veto, { share: false }]
        : (visitor[1][capability] === undefined ? others.find(of(false)) ?? others.find(of(true)) : visitor) ?? ["", {}];
    by[capability] = name;
    consent[capability] = words[capability] === true;
    denied[capability] = words[capability] === false;
  }
  return { consent: Object.freeze(consent), by, denied };
}

/**
 * Global Privacy Control denies sharing. https://w3c.github.io/gpc/ A browser that a program drives is no visitor: its
 * reports would be counted among theirs. https://www.w3.org/TR/webdriver2/#interface
 * @param {boolean} automated Reports of programs are wanted here.
 * @returns {string}
 */
export function vetoOf(automated) {
  if (navigator.globalPrivacyControl === true) return "gpc";
  return navigator.webdriver && !automated ? "webdriver" : "";
}
