/** For people who test, and in previews alone: the arm and the segments of the visit, by hand. */

/**
 * @typedef {object} Forcing
 * @property {(arm: string | null) => void} arm The visit begins anew; null: the arm is drawn.
 * @property {(segments: string[]) => void} segments
 *
 * @param {Forcing} forcing
 * @param {() => void} mistake
 * @returns {NonNullable<import("../trimtab.js").Trimtab["force"]>}
 */
export function createForce(forcing, mistake) {
  return ({ arm, segment } = {}) => {
    if (segment !== undefined) forcing.segments([segment ?? []].flat().map(String));
    if (typeof arm === "string" || arm === null) forcing.arm(arm);
    else if (arm !== undefined) mistake();
  };
}
