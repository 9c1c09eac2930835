/** What was decided before a withdrawal does not arrive after it, though all be granted again meanwhile. */

/**
 * @typedef {object} Withdrawals
 * @property {(before: import("./messages.js").Consent, next: import("./messages.js").Consent) => void} note The worker
 *   is told of this change.
 * @property {(capability: "adapt" | "remember", heard: number) => boolean} isBefore Whether the capability was withdrawn,
 *   if at all, before what is decided by a worker that has heard of so many changes.
 */

/** @returns {Withdrawals} */
export function countWithdrawals() {
  let changes = 0;
  const last = { adapt: 0, remember: 0 };
  return {
    note(before, next) {
      changes += 1;
      if (before.adapt && !next.adapt) last.adapt = changes;
      if (before.remember && !next.remember) last.remember = changes;
    },
    isBefore: (capability, heard) => heard >= last[capability],
  };
}
