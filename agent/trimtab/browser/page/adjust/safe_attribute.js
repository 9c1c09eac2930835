/** The last look at an attribute before it is set. The build refuses the same names and addresses. */

/** What loads, runs or redirects by its attributes; in SVG some set those of others. */
const ELEMENTS = /^(script|style|link|meta|base|template|i?frame|object|embed|use|image|feimage|source|track|set|animate\w*)$/i;
/**
 * What runs script (in frameworks too), loads something (its server would learn what was decided here), decides what a
 * form sends and where to, or is done by a kind of its own. A paint of SVG may be an address.
 */
const ATTRIBUTES =
  /^(on.*|(data-)?(hx|ng|on)-.*|([xv]|up)-.*|data-(turbo-)?(action|bind|method|remote)|form.*|action|attributionsrc|autoplay|background|checked|class|clip-path|crossorigin|cursor|data|dirname|disabled|dynsrc|fill|filter|hidden|id|imagesrcset|inert|interestfor|is|loading|lowsrc|marker.*|mask.*|multiple|name|nonce|pattern|ping|popover|poster|preload|profile|readonly|referrerpolicy|required|selected|sizes|slot|(data-)?src(set|doc)?|stroke|style|type|usemap|value|.*:.*)$/;
/** Others are what frameworks make of them: `@click`, `(click)`. */
const NAME = /^[a-z][a-z0-9:_.-]*$/;
/** Setting them, to whatever, wipes a canvas for good. https://html.spec.whatwg.org/multipage/canvas.html#attr-canvas-width */
const SIZES = /^(width|height)$/;
const ADDRESSES = /^(href|cite|longdesc)$/;
const HARMLESS = /^(https?|mailto|tel):$/;
/** A lower `max` takes from what the visitor has set, for good. */
const FIELDS = /^(form|input|select|textarea|button|option|label|output|fieldset)$/;
/** Of those only these say nothing about what is sent. */
const ABOUT = /^((aria|data)-.*|title|placeholder)$/;

/**
 * @param {string} element its local name
 * @param {string} name
 * @param {string} value
 * @returns {string} why it is refused, or "" if it is safe
 */
export function refusal(element, name, value) {
  const plain = name.toLowerCase();
  if (!NAME.test(plain)) return `${plain} is no plain name of an attribute`;
  if (ELEMENTS.test(element)) return `attributes of <${element}> can load or run something`;
  if (ATTRIBUTES.test(plain) || (FIELDS.test(element) && !ABOUT.test(plain)))
    return `${plain} can run script, load something or change what a form sends`;
  if (SIZES.test(plain)) return `${plain} would wipe a canvas`;
  if (!ADDRESSES.test(plain)) return "";
  try {
    // Read as the browser itself reads it: no disguise is another address to us than to it.
    if (HARMLESS.test(new URL(value, globalThis.document?.baseURI ?? "https://page.invalid/").protocol)) return "";
  } catch {
    // No address at all.
  }
  return `the value of ${plain} is an address that can run script`;
}
