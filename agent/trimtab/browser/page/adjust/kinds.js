/** Every kind of adjustment there is. `trimtab build` replaces this module by one with the kinds that a policy uses. */

import { KIND as attribute } from "./attribute.js";
import { KIND as klass } from "./class.js";
import { KIND as enlarge } from "./enlarge.js";
import { KIND as event } from "./event.js";
import { KIND as hide } from "./hide.js";
import { KIND as level } from "./level.js";
import { KIND as move } from "./move.js";
import { KIND as pace } from "./pace.js";
import { KIND as prompt } from "./prompt.js";
import { KIND as scale } from "./scale.js";
import { KIND as show } from "./show.js";
import { KIND as size } from "./size.js";
import { KIND as style } from "./style.js";
import { KIND as swap } from "./swap.js";
import { KIND as text } from "./text.js";

/** @type {Record<string, import("./change.js").Kind>} */
export const KINDS = {
  ...{ attribute, class: klass, enlarge, event, hide, level, move, pace, prompt, scale, show, size, style, swap, text },
};
