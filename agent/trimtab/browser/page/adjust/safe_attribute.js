/** The last look at an attribute before it is set. The build refuses the same names and addresses. */

/** What loads, runs or redirects by its attributes; in SVG some set those of others. */
const ELEMENTS = /^(script|style|link|meta|base|template|i?frame|object|embed|use|image|feimage|source|track|set|animate\w*)$/i;
/**
 * What runs script (in frameworks too), loads something (its server would learn what was decided here), decides what a
 * form sends and where to, or is done by a kind of its own.
 */
const ATTRIBUTES =
  /^(on.*|(data-)?(hx|ng|on)-.*|[xv]-.*|data-(action|bind|method|remote)|form.*|action|attributionsrc|autoplay|background|checked|class|crossorigin|data|dirname|disabled|dynsrc|hidden|id|imagesrcset|is|loading|lowsrc|multiple|name|nonce|pattern|ping|poster|preload|profile|readonly|referrerpolicy|required|selected|sizes|slot|(data-)?src(set)?|srcdoc|style|type|usemap|value|.*:.*)$/;
const ADDRESSES = /^(href|cite|longdesc)$/;
const HARMLESS = /^(https?|mailto|tel):$/;
/** On a form only these say nothing about what is sent. */
const ABOUT = /^(aria|data)-/;

/**
 * @param {string} element its local name
 * @param {string} name
 * @param {string} value
 * @returns {string} why it is refused, or "" if it is safe
 */
export function refusal(element, name, value) {
  const plain = name.toLowerCase();
  if (ELEMENTS.test(element)) return `attributes of <${element}> can load or run something`;
  if (ATTRIBUTES.test(plain) || (element === "form" && !ABOUT.test(plain)))
    return `${plain} can run script, load something or change what a form sends`;
  if (!ADDRESSES.test(plain)) return "";
  try {
    // Read as the browser itself reads it: no disguise is another address to us than to it.
    if (HARMLESS.test(new URL(value, globalThis.document?.baseURI ?? "https://page.invalid/").protocol)) return "";
  } catch {
    // No address at all.
  }
  return `the value of ${plain} is an address that can run script`;
}
