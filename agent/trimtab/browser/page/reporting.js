/** The report of this page: paid for once, then sealed each time that it says something else. */

import { drawFromBudget } from "./storage.js";

/** Once a page load, also if consent comes and goes and with it the visit: each draw tosses fresh coins. */
let drawn = false;

/**
 * @typedef {object} Reporting
 * @property {(link: import("./link.js").Link) => Promise<void>} draw
 * @property {(report: Uint8Array<ArrayBuffer>, day: number) => void} seal Before it is paid for none is sealed.
 */

/**
 * @param {boolean} asks Whether the policy asks any question.
 * @param {() => boolean} mayShare whether the visitor permits it, now
 * @param {import("./courier.js").Courier} courier
 * @param {import("./status.js").Status["report"]} tell
 * @returns {Reporting}
 */
export function createReporting(asks, mayShare, courier, tell) {
  let paid = false;
  let seal = () => {};

  return {
    async draw(link) {
      if (!mayShare()) return;
      if (!asks) return tell("none", "the policy asks no question");
      if (drawn) return paid ? undefined : tell("none", "this page has drawn its report already; load it again");
      drawn = true;
      const { outcome, why } = await drawFromBudget(async (budget) => {
        const drawing = mayShare() ? await link.draw(budget) : null;
        return mayShare() ? drawing : null; // it may have been withdrawn meanwhile, while waiting for the lock too
      });
      paid = outcome === "paid";
      if (outcome !== "paid") tell(outcome, why);
      seal();
    },
    seal(report, day) {
      seal = () => {
        if (paid && mayShare()) courier.seal(report, day);
      };
      seal();
    },
  };
}
