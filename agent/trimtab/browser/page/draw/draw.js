/** The draw of a report, once the visitor shares. */

import { spend } from "./budget.js";
import { drawFromBudget } from "./paying.js";
import { choose, drawTicket } from "./ticket.js";

/**
 * @param {import("../messages.js").Declaration} declaration
 * @param {import("./ticket.js").Table} table
 * @param {string} seed of the device
 * @param {number} day days since 1970-01-01 UTC
 * @param {() => boolean} mayShare It may be withdrawn while another page has the lock.
 * @returns {Promise<Partial<ReturnType<typeof drawTicket>> & import("./paying.js").Drawing & {rating?: string}>} the ticket if it is paid for,
 *   and its report; `rating`: the question's name, if the visitor has to be asked
 */
export async function drawReport(declaration, table, seed, day, mayShare) {
  const pick = (/** @type {number[]} */ asked) => choose(declaration, table, asked);
  const paying = await drawFromBudget(day, (budget) => (mayShare() ? spend(budget, day, pick) : null));
  if (paying.outcome !== "paid") return paying;
  const percent = Math.min(100, Math.floor((100 * innerHeight) / document.documentElement.scrollHeight));
  const { question } = paying.subject;
  const rating = table.questions[question].rating ? declaration.questions[question].name : "";
  return { ...paying, rating, ...drawTicket(declaration, table, paying.subject, day, seed, percent) };
}
