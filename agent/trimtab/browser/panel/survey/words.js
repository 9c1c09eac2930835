/** What the survey says: the site's own words, else those of the page's language, else English. */

export const EN = {
  question: "How was this page for you?",
  low: "Poor",
  high: "Excellent",
  rating: "{rating} of 5",
  note: "Chance changes some answers before they leave this device, so nobody can be sure of yours.",
  close: "No answer",
  thanks: "Thank you.",
};

export const DE = {
  question: "Wie war diese Seite für Sie?",
  low: "Schlecht",
  high: "Ausgezeichnet",
  rating: "{rating} von 5",
  note: "Der Zufall ändert manche Antwort, bevor sie dieses Gerät verlässt. So kann niemand sicher sein, was Sie gesagt haben.",
  close: "Keine Antwort",
  thanks: "Danke.",
};

/** @typedef {typeof EN & {lang: string}} Words */

/** @type {Record<string, Partial<Words>>} */
const LANGUAGES = { de: DE };

/**
 * @param {Element} place whose JSON may hold the site's own words
 * @returns {Words}
 */
export function wordsFor(place) {
  const given = read(place.querySelector("script")?.textContent);
  const lang = given.lang || document.documentElement.lang.toLowerCase().split("-")[0];
  const known = LANGUAGES[lang];
  return { ...EN, ...known, ...given, lang: given.lang || (known ? lang : "en") };
}

/** @param {string | null | undefined} json @returns {Partial<Words>} */
function read(json) {
  try {
    const said = JSON.parse(json || "{}");
    return said && typeof said === "object" ? said : {};
  } catch {
    return {}; // a survey in the page's language is better than none
  }
}
