/** What the visitor permits: everything is denied until somebody says yes, each capability by itself. */

/** @type {Readonly<import("./messages.js").Consent>} */
export const DENIED = Object.freeze({ observe: false, adapt: false, remember: false, share: false });

const CAPABILITIES = /** @type {(keyof import("./messages.js").Consent)[]} */ (Object.keys(DENIED));

/** @param {import("./messages.js").Consent} consent */
export const grantsAnything = (consent) => CAPABILITIES.some((capability) => consent[capability]);

/**
 * A call says all: what it leaves out is denied. Only `true` grants; "yes", 1 and the like are mistakes and deny.
 * Global Privacy Control denies sharing, whatever the site says. https://w3c.github.io/gpc/
 * @param {unknown} said
 * @param {boolean} gpc
 * @returns {{consent: Readonly<import("./messages.js").Consent>, mistakes: number}}
 */
export function readConsent(said, gpc) {
  if (said === null || typeof said !== "object") return { consent: DENIED, mistakes: 1 };
  const words = /** @type {Record<string, unknown>} */ (said);
  const consent = { ...DENIED };
  let mistakes = Object.keys(words).filter((key) => !Object.hasOwn(DENIED, key)).length;
  for (const capability of CAPABILITIES) {
    const word = words[capability];
    consent[capability] = word === true;
    if (word !== undefined && typeof word !== "boolean") mistakes += 1;
  }
  if (gpc) consent.share = false;
  return { consent: Object.freeze(consent), mistakes };
}
