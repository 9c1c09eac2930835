/** How many words a text has: counted in slices while the page is idle, so that a long text holds nobody up. */

import { onceIdle } from "../idle.js";

/** Scripts that put no space between words. */
const NO_SPACES = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
/** From its first letter or digit to the next space. */
const WORDS = /[\p{L}\p{N}]\S*/gu;
const NO_TEXT = "script,style,noscript,template";
/** Of a text: a novel has more, but no page is one. */
const MAX_CHARACTERS = 200_000;
/** What is counted in one go. */
const PIECE_CHARACTERS = 2_000;
/** A tenth of a long task (https://www.w3.org/TR/longtasks-1/), which is no user's to notice. */
const SLICE_MS = 5;
export const UNKNOWN = -1;

/** @type {Intl.Segmenter | undefined} */
let segmenter;

/**
 * @param {string} text
 * @returns {number} UNKNOWN where the browser cannot tell the words of its script apart.
 */
export function wordsIn(text) {
  if (!NO_SPACES.test(text)) return text.match(WORDS)?.length ?? 0;
  if (!("Segmenter" in Intl)) return UNKNOWN;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  let words = 0;
  for (const part of segmenter.segment(text)) if (part.isWordLike) words += 1;
  return words;
}

/**
 * Words of what can be read in an element: scripts, styles and fallback content are no text.
 * @param {Element} element
 * @param {import("../scope.js").Scope} scope when it ends, nobody wants to know any more
 * @param {(words: number) => void} tell Called once, in this task if the text is short, else in a later one.
 */
export function countWords(element, scope, tell) {
  if (globalThis.TRIMTAB_READS === false) return tell(UNKNOWN);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT); // a filter would be a call for each node
  const others = new Set(element.querySelectorAll(NO_TEXT));
  let rest = "";
  let left = MAX_CHARACTERS;
  let words = 0;

  /** @returns {string} the next piece, which ends with a word where that can be; empty at the end */
  function next() {
    while (!rest && left > 0 && walker.nextNode()) {
      const { parentElement, nodeValue } = walker.currentNode;
      if (!parentElement || !others.has(parentElement)) rest = (nodeValue ?? "").slice(0, left);
    }
    const end = rest.length > PIECE_CHARACTERS ? rest.lastIndexOf(" ", PIECE_CHARACTERS) + 1 || PIECE_CHARACTERS : rest.length;
    const piece = rest.slice(0, end);
    rest = rest.slice(end);
    left -= end;
    return piece;
  }

  const slice = scope.guarded(() => {
    const until_ms = performance.now() + SLICE_MS;
    for (let piece = next(); piece; piece = next()) {
      const more = wordsIn(piece);
      if (more === UNKNOWN) return tell(UNKNOWN);
      words += more;
      if (performance.now() > until_ms) return onceIdle(slice);
    }
    tell(words);
  });
  slice();
}
