/** The report of this page: paid for once, sealed as if nothing happened, then each time that Python says otherwise. */

import { today } from "./clock.js";
import { drawReport } from "./draw/draw.js";

/** Once a page load, also if consent comes and goes and with it the visit: each draw tosses fresh coins. */
let drawn = false;

/**
 * @typedef {object} Reporting
 * @property {(seed: string) => Promise<void>} draw Draws the day's ticket, unless it is drawn; resolves when that is done.
 * @property {(link: import("./link.js").Link) => void} share The worker goes on with the ticket, if there is one.
 * @property {(report: Uint8Array<ArrayBuffer>) => void} seal What Python says by now.
 */

/**
 * @param {import("./messages.js").Config} config
 * @param {() => boolean} mayShare whether the visitor permits it, now
 * @param {import("./courier.js").Courier} courier
 * @param {import("./status.js").Status["report"]} tell
 * @param {(question: string) => void} ask what only the visitor can answer
 * @returns {Reporting}
 */
export function createReporting({ declaration, table }, mayShare, courier, tell, ask) {
  /** @type {import("./draw/ticket.js").Stub | null} */
  let ticket = null;
  /** @type {Promise<void> | null} */
  let drawing = null;
  let isTold = false;

  /** @param {string} seed */
  async function draw(seed) {
    const day = today();
    courier.sendMissed(day);
    if (drawn) return tell("none", "this page has drawn its report already; load it again");
    drawn = true;
    if (globalThis.TRIMTAB_ASKS === false || !table) return tell("none", "the policy asks no question");
    const { outcome, why, stub, report, rating } = await drawReport(declaration, table, seed, day, mayShare);
    if (!stub || !report) return tell(outcome === "paid" ? "none" : outcome, why);
    ticket = stub;
    if (!mayShare()) return;
    courier.seal(report, day);
    if (globalThis.TRIMTAB_RATES !== false && rating) ask(rating);
  }

  return {
    async draw(seed) {
      if (mayShare()) await (drawing ??= draw(seed));
    },
    share(link) {
      if (ticket && !isTold) link.share(ticket);
      isTold ||= ticket !== null;
    },
    seal(report) {
      if (ticket && mayShare()) courier.seal(report, ticket.day);
    },
  };
}
