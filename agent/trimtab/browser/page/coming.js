/** The visit's script, which nobody loads before somebody has agreed to be observed, and the visit that it begins. */

import { whenActivated } from "./idle.js";
import { createScope } from "./scope.js";
import { undoHead } from "./shown.js";

/**
 * What is said before the script is there is said again when it is.
 * @param {import("./visit.js").Setting} setting
 * @param {Readonly<import("./messages.js").Consent>} granted
 * @param {(scope: import("./scope.js").Scope) => void} heed What else may end the consent, from now on.
 * @returns {import("./visit.js").Visit}
 */
export function loadVisit(setting, granted, heed) {
  const { config, base, head, status } = setting;
  let consent = granted;
  /** @type {import("./visit.js").Visit | null} */
  let visit = null;
  /** @type {((visit: import("./visit.js").Visit) => void)[]} */
  let waiting = [];
  let failed = false;
  const scope = createScope(() => status.mistake());

  /** @param {(visit: import("./visit.js").Visit) => void} call */
  function tell(call) {
    if (visit) call(visit);
    else if (!failed) waiting.push(call);
  }

  /** @param {unknown} error */
  function fail(error) {
    failed = true;
    visit?.end();
    visit = null;
    waiting = [];
    undoHead(head);
    status.turn("stopped", `pack: ${error}`);
  }

  /** @param {typeof import("./visit.js")} script */
  function begin({ startVisit }) {
    if (scope.signal.aborted) return;
    visit = startVisit(setting, consent);
    waiting.forEach(tell);
    waiting = [];
  }

  const load = scope.guarded(() => {
    status.turn("waiting", "its script is on the way");
    import(new URL(config.visit, base).href).then(begin).catch(scope.guarded(fail));
  });

  heed(scope);
  status.turn("waiting", "the page is being prerendered");
  whenActivated(scope, load);

  return {
    change(next) {
      consent = next;
      visit?.change(next);
    },
    happen(kind, name, value, stamp) {
      tell((visit) => visit.happen(kind, name, value, stamp));
    },
    explain: async (name, words) => visit?.explain(name, words) ?? null,
    report: async () => visit?.report() ?? null,
    dismiss(index) {
      tell((visit) => visit.dismiss(index));
    },
    pending: () => visit?.pending() ?? !failed,
    ...(globalThis.TRIMTAB_PREVIEW && {
      force: () => visit?.force?.(),
    }),
    end() {
      scope.end();
      waiting = [];
      visit?.end();
    },
  };
}
