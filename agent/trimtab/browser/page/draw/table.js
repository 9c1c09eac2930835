/** `trimtab build` replaces this module by what the policy says about a draw. */

/** @type {import("./ticket.js").Table | null} */
export const TABLE = null;
