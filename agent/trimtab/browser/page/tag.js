/**
 * The tag: what a page loads. Until somebody consents to observing it is one global object: no listener, no storage,
 * no request. Then it loads all the rest: coming.js. Read on in visit.js.
 */

import { callEarly, createApi } from "./api.js";
import { bridge } from "./bridge.js";
import { loadVisit } from "./coming.js";
import { CONFIG } from "./config.js";
import { createAdapter } from "./consent/adapter.js";
import { decide, DENIED } from "./consent.js";
import { createForce } from "./force.js";
import { reasonToStayAway } from "./limits.js";
import { definePanel } from "./panel.js";
import { undoHead } from "./shown.js";
import { createStatus } from "./status.js";
import { CHOICE, forgetDenied, forgetStrays, recall, SEED } from "./storage.js";

/**
 * Known only while the script runs. Not `document.currentScript`: that may be a picture of this name which a visitor has put
 * into a comment, and all that follows would be loaded from where it lies.
 * https://html.spec.whatwg.org/multipage/dom.html#dom-document-nameditem
 */
const script = /** @type {HTMLScriptElement | null} */ (Reflect.get(Document.prototype, "currentScript", document));
const OFF = decide([["off", DENIED]], "");
const present = /** @type {Record<string, unknown> | undefined} */ (window.trimtab);

if (typeof present?.status !== "function") install(present?.early, present?.automated === true); // a second tag does nothing

/** @param {unknown} early @param {boolean} automated */
function install(early, automated) {
  const { declaration, preview } = CONFIG;
  const status = createStatus(declaration.adjustments);
  const arm = (preview && script?.dataset.arm) || null;
  const base = script?.src ? new URL(".", script.src).href : "";
  const head = /** @type {import("./shown.js").Head} */ (Object(present)); // a page may have put anything there
  const runtime = CONFIG.runtimes.indexOf(/** @type {any} */ (script?.dataset.runtime));
  /** @type {import("./visit.js").Setting} */
  const setting = { config: CONFIG, base, arm, runtime, status, head, bridge };
  let consent = DENIED;
  let isOff = false;
  /** @type {import("./visit.js").Visit | null} */
  let visit = null;

  /** @param {import("./consent.js").Decision} decision */
  function follow({ consent: decided, by, denied }) {
    if (isOff) return;
    const before = consent;
    consent = decided;
    status.permit(consent, by);
    try {
      if (!consent.observe) end("no consent to observe");
      forgetDenied(denied);
      if (arm || denied.observe || denied.adapt || denied.remember) undoHead(head);
      if (before.observe && consent.observe) visit?.change(consent);
      else if (consent.observe) begin();
    } catch {
      status.mistake();
      end("it failed");
    }
  }

  const adapter = createAdapter(follow, status.mistake, preview || automated);

  function begin() {
    const reason = base ? reasonToStayAway(navigator) : "the tag was not loaded by <script src>";
    if (reason) undoHead(head);
    if (reason) status.turn("stopped", reason);
    else visit = loadVisit(setting, consent, heed);
  }

  /** @param {string} why */
  function end(why) {
    const ended = visit;
    visit = null; // first: who is told of what is taken back may deny it again, or agree anew
    if (ended) undoHead(head);
    ended?.end();
    if (!isOff && !visit) status.turn("off", why);
  }

  function off() {
    end("switched off");
    undoHead(head);
    isOff = true; // for as long as the page lives, whatever a consent manager says again
    consent = DENIED;
    status.permit(DENIED, OFF.by);
    forgetDenied(OFF.denied);
    adapter.close(OFF);
  }

  /**
   * What the visitor chooses in another tab holds in this one.
   * @param {import("./scope.js").Scope} scope
   */
  function heed(scope) {
    scope.listen(window, "storage", (/** @type {StorageEvent} */ { key }) => {
      if (key === CHOICE || key === null) adapter.reread();
    });
    scope.listen(window, "pageshow", (/** @type {PageTransitionEvent} */ { persisted }) => {
      adapter.reread();
      const { state } = status.snapshot();
      // WebKit tells a page in the back/forward cache of no denial; that the seed has gone meanwhile is one.
      if (persisted && state === "running" && consent.remember && recall(SEED) === null) adapter.hearTab("observe");
    });
  }

  const happen = (/** @type {number} */ kind, /** @type {string} */ name, /** @type {number | undefined} */ value) =>
    visit?.happen(kind, name, value, performance.now());
  /** @param {string | undefined} name */
  function undo(name) {
    const known = declaration.adjustments.filter((adjustment) => (name ?? adjustment.name) === adjustment.name);
    if (name !== undefined && !known.length) status.mistake();
    for (const adjustment of known) visit?.dismiss(declaration.adjustments.indexOf(adjustment));
  }

  /** @type {import("./api.js").Doing} */
  const doing = {
    consent: adapter.hearSite,
    choose: adapter.choose,
    happen,
    explain: async (name, words) => (await visit?.explain(name, words)) ?? null,
    report: async () => (await visit?.report()) ?? null,
    undo,
    pending: () => visit?.pending() ?? false,
    async panel(given) {
      const { open } = await import(new URL(CONFIG.panel, base).href);
      await open(api, given);
    },
    off,
  };
  /** @type {import("../trimtab.js").Trimtab} */
  const api = Object.freeze({
    ...createApi(doing, status, declaration.goals),
    ...(globalThis.TRIMTAB_PREVIEW && {
      force: createForce(
        {
          arm(given) {
            setting.arm = given;
            if (!visit) return;
            visit.end();
            begin();
          },
          segments(given) {
            setting.forced = given;
            visit?.force?.();
          },
        },
        status.mistake,
      ),
    }),
  });
  window.trimtab = api;
  definePanel((place) => void api.panel(/** @type {any} */ (place)));
  forgetStrays();
  adapter.open();
  callEarly(api, early, status);
}
