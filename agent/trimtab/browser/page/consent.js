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

/**
 * The site's call. Only `true` grants; "yes", 1 and the like are mistakes and deny. What cannot be read to its end denies
 * everything.
 * @param {unknown} said
 * @param {Words} before what the site has said on this page so far
 * @returns {{words: Words, mistakes: number}}
 */
export function readConsent(said, before) {
  try {
    if (typeof said !== "object") throw new TypeError("no object");
    const given = /** @type {Record<string, unknown>} */ (said);
    let mistakes = Object.keys(given).filter((key) => !Object.hasOwn(DENIED, key)).length;
    /** @type {Words} */
    const words = {};
    for (const capability of CAPABILITIES) {
      const word = given[capability];
      words[capability] = readWord(word, before[capability]);
      if (![undefined, null, true, false].includes(/** @type {any} */ (word))) mistakes += 1;
    }
    return { words, mistakes };
  } catch {
    return { words: DENIED, mistakes: 1 };
  }
}

/**
 * null takes an answer back. What is left out has no answer yet; once it had one, it is denied: a call says all.
 * @param {unknown} word @param {boolean | undefined} before
 */
function readWord(word, before) {
  const isOpen = word === null || (word === undefined && before === undefined);
  return isOpen ? undefined : word === true;
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
 * @param {Iterable<[string, Words]>} sources in their order, the visitor first
 * @param {string} veto what denies sharing, whatever anybody says; "": nothing
 * @returns {Decision}
 */
export function decide(sources, veto) {
  const said = [...sources];
  const consent = { ...DENIED };
  const denied = { ...DENIED };
  const by = { observe: "", adapt: "", remember: "", share: "" };
  for (const capability of CAPABILITIES) {
    const isVetoed = veto && capability === "share";
    const [name, word] = isVetoed ? [veto, false] : decideOne(said, capability);
    by[capability] = name;
    consent[capability] = word === true;
    denied[capability] = word === false;
  }
  return { consent: Object.freeze(consent), by, denied };
}

/**
 * The visitor's own choice counts before all. Else a no of any source holds, and a yes is the first one's in the order.
 * @param {[string, Words][]} sources @param {keyof Words} capability
 * @returns {[name: string, word: boolean | undefined]} "": nobody has spoken
 */
function decideOne([visitor, ...others], capability) {
  const saying = (/** @type {boolean} */ word) => others.find(([, words]) => words[capability] === word);
  const [name, words] = (visitor[1][capability] === undefined ? saying(false) ?? saying(true) : visitor) ?? ["", {}];
  return [name, words[capability]];
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
