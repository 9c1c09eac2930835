/**
 * The budget: how many reports a device may make, and about what. `privacy/budget.py` holds the same rules; a test compares the two.
 * What cannot be read counts as spent, and so do days to come: neither forgetting nor a clock set back buys a report.
 */

const REPORTS_A_MONTH = 10;
const MONTH_DAYS = 30;
const MAX_CHARACTERS = 1000;

/**
 * @typedef {{question: number, about: number, pair: number}} Subject What a report is about: indexes, and a hash of the
 *   names of both.
 * @typedef {{budget: string, why: "", subject: Subject} | {budget: null, why: string}} Spending What to store before
 *   anything is sent; null: no report, and why.
 *
 * @param {string | null} record what is stored
 * @param {number} day days since 1970-01-01 UTC
 * @param {(asked: number[]) => Subject | null} choose one that is not among these pairs
 * @returns {Spending}
 */
export function spend(record, day, choose) {
  const made = madeOf(record);
  const refused = (/** @type {string} */ why) => ({ budget: null, why });
  if (!made) return refused("the record of earlier reports cannot be read");
  if (made.some(([spent]) => spent >= day)) return refused("1 report a day, and today's is made");
  const recent = made.filter(([spent]) => spent > day - MONTH_DAYS);
  if (recent.length >= REPORTS_A_MONTH) return refused(`${REPORTS_A_MONTH} reports in ${MONTH_DAYS} days are made`);
  const subject = choose(recent.map(([, pair]) => pair));
  if (!subject) return refused(`all that this device may be asked in ${MONTH_DAYS} days was asked`);
  const all = [...recent, [day, subject.pair]];
  const budget = JSON.stringify({ v: 1, days: all.map(([spent]) => spent), asked: all.map(([, pair]) => pair) });
  return { budget, why: "", subject };
}

/** @param {string | null} record @returns {number[][] | null} [day, pair] of each report; null: it is damaged */
function madeOf(record) {
  if (record === null) return [];
  try {
    const { v, days, asked = days.map(() => -1) } = record.length > MAX_CHARACTERS ? {} : JSON.parse(record);
    if (v !== 1 || days.length !== asked.length || ![...days, ...asked].every(Number.isInteger)) return null;
    return days.map((/** @type {number} */ day, /** @type {number} */ at) => [day, asked[at]]);
  } catch {
    return null;
  }
}
