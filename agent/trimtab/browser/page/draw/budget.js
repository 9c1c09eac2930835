/**
 * The budget: how many reports a device may make. `privacy/budget.py` holds the same rules; a test compares the two.
 * What cannot be read counts as spent, and so do days to come: neither forgetting nor a clock set back buys a report.
 */

const REPORTS_A_MONTH = 10;
const MONTH_DAYS = 30;
const MAX_CHARACTERS = 1000;

/**
 * @param {string | null} record what is stored
 * @param {number} day days since 1970-01-01 UTC
 * @returns {{budget: string | null, why: string}} what to store before anything is sent; null: no report, and why
 */
export function spend(record, day) {
  const days = daysOf(record);
  const refused = (/** @type {string} */ why) => ({ budget: null, why });
  if (!days) return refused("the record of earlier reports cannot be read");
  if (days.some((spent) => spent >= day)) return refused("1 report a day, and today's is made");
  const recent = days.filter((spent) => spent > day - MONTH_DAYS);
  if (recent.length >= REPORTS_A_MONTH) return refused(`${REPORTS_A_MONTH} reports in ${MONTH_DAYS} days are made`);
  return { budget: JSON.stringify({ v: 1, days: [...recent, day] }), why: "" };
}

/** @param {string | null} record @returns {number[] | null} null: it is damaged */
function daysOf(record) {
  if (record === null) return [];
  try {
    const { v, days } = record.length > MAX_CHARACTERS ? {} : JSON.parse(record);
    return v === 1 && days.every(Number.isInteger) ? days : null;
  } catch {
    return null;
  }
}
