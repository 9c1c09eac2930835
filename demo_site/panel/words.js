/** What trimtab says about itself, in a few words. */

/** @typedef {import("../tell.js").Status} Status */
/** @typedef {import("../tell.js").LogEntry} LogEntry */

const STATES = new Map([
  ["off", "nothing: it is off"],
  ["waiting", "waiting for the page"],
  ["starting", "starting Python…"],
  ["stopped", "stopped"],
]);

/** @param {Status | undefined} status */
export function noticedWords(status) {
  if (!status) return "not here: no tag has loaded";
  if (status.state === "running") return status.segments.join(", ") || "nothing yet";
  const words = STATES.get(status.state) ?? status.state;
  return status.state === "stopped" && status.why ? `${words}: ${status.why}` : words;
}

/** @param {readonly LogEntry[]} log */
export function decidedWords(log) {
  const last = log.findLast((entry) => "decision" in entry);
  if (!last || !("decision" in last)) return "nothing yet";
  return last.decision === "allowed" ? last.decision : `${last.decision} (${plain(last.reason)})`;
}

/** @param {Status | undefined} status */
export function changedWords(status) {
  const shown = status?.adjustments.filter(({ state }) => state === "applied" || state === "deferred") ?? [];
  return shown.map(({ name, state }) => (state === "applied" ? name : `${name} waits`)).join(", ") || "nothing";
}

/**
 * One line of the log as a sentence.
 * @param {LogEntry} entry
 */
export function sentence(entry) {
  if ("segment" in entry) return `${entry.entered ? "noticed" : "no longer"} ${entry.segment}: ${entry.because}`;
  const until = entry.until_ms === undefined ? "" : ` until ${seconds(entry.until_ms)}`;
  return `${entry.decision} ${entry.adjustment}${until} (${plain(entry.reason)})`;
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} word */
function plain(word) {
  return word.replaceAll("-", " ");
}
