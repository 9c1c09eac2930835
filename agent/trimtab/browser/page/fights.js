/** Who takes our changes back, how often, and when we stop making them again: the page is always right in the end. */

/** So many reversals within so short a time are a loop. */
const LOOP = 3;
const WITHIN_MS = 2000;
/** The rest after each loop; after one more we give up. */
const RESTS_MS = [1000, 2000, 4000];
/** What was left alone for so long begins anew: a list that is scrolled now and then replaces its rows, too. */
const FORGET_MS = 60_000;

/**
 * @typedef {object} Fights
 * @property {(thing: object, now_ms: number) => boolean} lose It was taken back once more; false: give up.
 * @property {(thing: object) => number} restsUntil Not to be tried again before (ms).
 *
 * @typedef {{lost: number[], loops: number, until: number}} Fight
 */

/** @returns {Fights} */
export function createFights() {
  /** @type {WeakMap<object, Fight>} */
  const fights = new WeakMap();

  return {
    lose(thing, now_ms) {
      const old = fights.get(thing);
      const isOld = !old || now_ms - Math.max(old.until, ...old.lost) > FORGET_MS;
      const fight = isOld ? { lost: [], loops: 0, until: -Infinity } : old;
      fights.set(thing, fight);
      fight.lost = [...fight.lost.filter((at_ms) => now_ms - at_ms < WITHIN_MS), now_ms];
      if (fight.lost.length < LOOP) return true;
      fight.until = now_ms + (RESTS_MS[fight.loops] ?? Infinity);
      fight.loops += 1;
      fight.lost = [];
      return fight.until < Infinity;
    },
    restsUntil: (thing) => fights.get(thing)?.until ?? -Infinity,
  };
}
