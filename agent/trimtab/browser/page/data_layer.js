/**
 * The bridge to a `dataLayer`: decisions go out as its readers expect them, events of the page come in. Whoever reads
 * it, and sends it on, is the page's business: without [data_layer] in trimtab.toml none of this is in the tag.
 */

import { hearLayer, pushToLayer } from "./layer.js";

const DECISIONS = ["trimtab:segment", "trimtab:adjust", "trimtab:undo"];

/** What the page said before somebody agreed is heard once, also if consent comes twice. */
const heard = new WeakSet();

/**
 * @typedef {object} Bridging
 * @property {boolean} decisions
 * @property {Record<string, string[]>} events kind, name, and the path to a number, by the name of the event there
 *
 * @param {Bridging} bridging
 * @param {import("./scope.js").Scope} scope
 */
export function bridgeDataLayer({ decisions, events }, scope) {
  if (decisions) {
    for (const type of DECISIONS) {
      scope.listen(document, type, (/** @type {CustomEvent} */ { detail }) => {
        pushToLayer({ event: type.replace(":", "_"), trimtab: detail });
      });
    }
  }
  hearLayer((/** @type {any} */ entry) => {
    if (!Object.hasOwn(events, entry?.event) || heard.has(entry)) return;
    heard.add(entry);
    const [kind, name, path] = events[entry.event];
    const value = path ? path.split(".").reduce((at, key) => at?.[key], entry) : undefined;
    window.trimtab?.[/** @type {"goal" | "event"} */ (kind)](name, value === undefined ? undefined : Number(value));
  }, scope);
}
