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
  if (status.state === "running") return status.segments.map(plain).join(", ") || "nothing yet";
  const words = STATES.get(status.state) ?? status.state;
  return status.state === "stopped" && status.why ? `${words}: ${status.why}` : words;
}

/** What was decided last, in words. */
const DECISIONS = {
  allowed: "to show",
  held: "to wait with",
  deferred: "to wait with",
  refused: "not to show",
  undone: "to take back",
};

/** @param {readonly LogEntry[]} log */
export function decidedWords(log) {
  const last = log.findLast((entry) => "decision" in entry);
  return last && "decision" in last ? `${DECISIONS[last.decision]} ${plain(last.adjustment)}` : "nothing yet";
}

/** @param {Status | undefined} status */
export function changedWords(status) {
  const shown = status?.adjustments.filter(({ state }) => state === "applied" || state === "deferred") ?? [];
  const words = shown.map(({ name, state }) => plain(name) + (state === "applied" ? "" : " (waits)"));
  return words.join(", ") || "nothing";
}

/** @param {string} name */
function plain(name) {
  return name.replace(/[-_]/g, " ");
}
