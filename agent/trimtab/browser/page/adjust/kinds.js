/** Every kind of adjustment there is. `trimtab build` replaces this module by one with the kinds that a policy uses. */

import { KIND as attribute } from "./attribute.js";
import { KIND as klass } from "./class.js";
import { KIND as swap } from "./swap.js";
import { KIND as text } from "./text.js";

/** @type {Record<string, import("./change.js").Kind>} */
export const KINDS = { attribute, class: klass, swap, text };
