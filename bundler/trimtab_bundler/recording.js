/**
 * What a page runs while it is recorded: the tag's own taps, whose rows go to the program that drives this browser and
 * nowhere else. It is bundled as if it stood in `page/`.
 *
 * It takes the place of `window.trimtab`, so that the page's events and goals are recorded too, and so that the site's
 * own tag, if the page has one, does nothing: a recording is of the page as its author wrote it.
 */

import { callEarly, createApi } from "./api.js";
import { createClock } from "./clock.js";
import { CONFIG } from "./config.js";
import { createRecorder } from "./recorder.js";
import { createRing } from "./ring.js";
import { createScope } from "./scope.js";
import { createStatus } from "./status.js";
import { startTap } from "./tap.js";

/** The browser's driver hears what it is called with: `begin`, `names` or `rows`, and what comes with it. */
const tell = /** @type {(what: string, content: unknown) => Promise<void>} */ (Reflect.get(window, CONFIG.site));

// A frame is no visit of its own, and neither is the empty page of a new window or a browser's error page.
if (window === window.top && /^(https?|file):$/.test(location.protocol)) record();

function record() {
  const { targets, goals } = CONFIG.declaration;
  const status = createStatus([]);
  const scope = createScope(() => status.mistake());
  const recorder = createRecorder(createRing(), createClock(), scope);

  /** @param {number} kind @param {string} name @param {number | undefined} value */
  function happen(kind, name, value) {
    const number = recorder.number(name);
    if (number < 0) return false;
    recorder.record(kind, performance.now(), -1, number, value ?? 0, value === undefined ? 0 : 1);
    return true;
  }

  function begin() {
    void tell("begin", location.href);
    startTap(targets, recorder, scope);
    recorder.open({
      send: (message) => void (message.type === "names" && tell("names", message.names)),
      batch: (rows) => void tell("rows", Array.from(new Float64Array(rows))),
      draw: () => Promise.resolve(null),
      unanswered: () => 0,
    });
  }

  const api = createApi({ consent() {}, happen, off() {} }, status, goals);
  // A page that thinks itself the first still says things the early way.
  const early = { push: (/** @type {unknown[]} */ ...calls) => callEarly(api, calls, status) };
  Object.defineProperty(window, "trimtab", { value: Object.freeze({ ...api, early }) });
  status.turn("stopped", "this visit is recorded, so the page is left as it is");
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
}
