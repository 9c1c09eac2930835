/** The last look at an attribute before it is set. `adjust.py` refuses the same when the pack is built. */

/** What loads, runs or redirects by its attributes. */
const ELEMENTS = new Set([
  ...["script", "style", "link", "meta", "base", "template", "iframe", "frame", "object", "embed"],
  ...["animate", "animateMotion", "animateTransform", "set"], // SVG: they set other attributes
]);
const ATTRIBUTES = new Set(["srcdoc", "style", "action", "formaction", "form", "formmethod", "formtarget"]);
const ADDRESSES = new Set(["href", "src", "xlink:href", "data", "poster", "background", "ping", "cite"]);
const RUNS = /^(javascript|vbscript|data):/;
/** Browsers skip white space and control characters inside a scheme. */
const SKIPPED = /[\u0000-\u0020\u007F-\u00A0]/g;

/**
 * @param {string} element its local name
 * @param {string} name
 * @param {string} value
 * @returns {string} why it is refused, or "" if it is safe
 */
export function refusal(element, name, value) {
  const plain = name.toLowerCase();
  const address = value.replace(SKIPPED, "").toLowerCase();
  if (ELEMENTS.has(element)) return `attributes of <${element}> can load or run something`;
  if (plain.startsWith("on") || ATTRIBUTES.has(plain)) return `${plain} can run script or redirect a form`;
  return ADDRESSES.has(plain) && RUNS.test(address) ? `the value of ${plain} is an address that can run script` : "";
}
