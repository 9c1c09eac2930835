/** The panel at the foot of a demo page: first the site's consent bar, then the strip that shows what trimtab did. */

import { consentBar, keptChoice, pass } from "./consent.js";
import { element } from "./element.js";
import { strip } from "./strip.js";

const tag = /** @type {HTMLScriptElement} */ (document.querySelector('script[src$="/trimtab.js"]'));
const key = `${tag.src.split("/").at(-2)}.consent`;

const report = strip();
const bar = consentBar(key, () => {
  panel.replaceChildren(report.root);
  report.focus();
});
const panel = element("aside", { class: "panel", "aria-label": "Adapting to you" });

const kept = keptChoice(key);
if (kept) pass(kept);
panel.append(kept ? report.root : bar);
document.querySelector(".skip")?.after(panel);
