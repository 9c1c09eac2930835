/** How many words a text has. */

/** Scripts that put no space between words: Thai, Lao, Myanmar, Khmer, kana, Han. */
const NO_SPACES = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF]/;
const MAX_CHARACTERS = 200_000;

/**
 * @param {string} text
 * @returns {number}
 */
export function wordsIn(text) {
  if (NO_SPACES.test(text) && "Segmenter" in Intl) {
    let words = 0;
    for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
      if (part.isWordLike) words += 1;
    }
    return words;
  }
  return text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

/**
 * Words of what can be read in an element: scripts, styles and fallback content are no text.
 * @param {Element} element
 * @returns {number}
 */
export function countWords(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("script,style,noscript,template") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let text = "";
  while (walker.nextNode() && text.length < MAX_CHARACTERS) text += ` ${walker.currentNode.nodeValue}`;
  return wordsIn(text);
}
