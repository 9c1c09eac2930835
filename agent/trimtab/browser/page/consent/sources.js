/** `trimtab build` replaces this module by one that asks the sources which the site's trimtab.toml names. */

/**
 * @typedef {Partial<Record<keyof import("../messages.js").Consent, readonly (string | number)[]>>} Needs Which purposes
 *   a capability needs; one that is left out is none of this source's business.
 *
 * @callback Source
 * @param {Needs} needs
 * @param {(read: () => import("../consent.js").Words | null) => void} say Takes what reads the words: what cannot be
 *   read denies all that the source is asked for. {}: nothing is known (any more); null: nothing new.
 * @param {import("../scope.js").Scope} scope ends when the visitor has switched off
 * @returns {void}
 *
 * @callback Hear
 * @param {string} name
 * @param {import("../consent.js").Words} words
 * @returns {void}
 */

/** @type {(hear: Hear, mistake: () => void) => (() => void)} gives what ends the asking */
export const askSources = () => () => {};
