/**
 * The tag: what a page loads. Until somebody consents to observing it is one global object: no listener, no storage,
 * no request. Read on in visit.js.
 */

import { createApi, replay } from "./api.js";
import { CONFIG } from "./config.js";
import { DENIED, grantsAnything, readConsent } from "./consent.js";
import { reasonToStayAway } from "./limits.js";
import { createStatus } from "./status.js";
import { forgetBeyond } from "./storage.js";
import { startVisit } from "./visit.js";

/** Known only while the script runs. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const present = /** @type {{status?: unknown, early?: unknown} | undefined} */ (window.trimtab);

if (typeof present?.status !== "function") install(present?.early); // a second tag does nothing

/** @param {unknown} early */
function install(early) {
  const { declaration, preview } = CONFIG;
  const status = createStatus(declaration.adjustments);
  const arm = (preview && script?.dataset.arm) || null;
  let consent = DENIED;
  let isOff = false;
  let isAnswered = false;
  /** @type {import("./visit.js").Visit | null} */
  let visit = null;

  /** @param {unknown} said */
  function hear(said) {
    const read = readConsent(said, navigator.globalPrivacyControl === true);
    status.mistake(read.mistakes);
    const before = consent;
    consent = isOff ? DENIED : read.consent;
    status.permit(consent);
    if (!consent.observe) end("no consent to observe");
    // Consent managers deny everything until they know: that is no word of the visitor's yet.
    isAnswered ||= isOff || grantsAnything(consent);
    if (isAnswered) forgetBeyond(consent);
    if (before.observe && consent.observe) visit?.change(consent);
    else if (consent.observe) begin();
  }

  function begin() {
    const reason = script?.src ? reasonToStayAway(navigator) : "the tag was not loaded by <script src>";
    if (reason) status.turn("stopped", reason);
    else visit = startVisit({ config: CONFIG, base: new URL(".", script?.src).href, arm, status }, consent);
  }

  /** @param {string} why */
  function end(why) {
    visit?.end();
    visit = null;
    if (!isOff) status.turn("off", why);
  }

  function off() {
    end("switched off");
    isOff = true; // for as long as the page lives, whatever a consent manager says again
    hear(DENIED);
  }

  const happen = (/** @type {number} */ kind, /** @type {string} */ name, /** @type {number | undefined} */ value) =>
    visit?.happen(kind, name, value);
  /** @param {string | undefined} name */
  function undo(name) {
    const known = declaration.adjustments.filter((adjustment) => (name ?? adjustment.name) === adjustment.name);
    if (name !== undefined && !known.length) status.mistake();
    for (const adjustment of known) visit?.dismiss(declaration.adjustments.indexOf(adjustment));
  }

  /** @type {import("./api.js").Doing} */
  const doing = {
    consent: hear,
    happen,
    explain: async (name, words) => (await visit?.explain(name, words)) ?? null,
    report: async () => (await visit?.report()) ?? null,
    undo,
    off,
  };
  const api = createApi(doing, status, declaration.goals);
  window.trimtab = api;
  replay(api, early, status);
}
