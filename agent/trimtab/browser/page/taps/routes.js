/**
 * Which page of the site is shown: at the start, and when the page changes its address without loading another.
 *
 * Kept is the path alone, and what a router keeps in the fragment: search words and tokens stand in the query.
 */

import { NONE, ROUTE } from "../messages.js";

/** The row's name may not be longer; the end says more. */
const MAX_PATH = 100;
/** Where somebody is who left the page while the back/forward cache keeps it: no path begins like this. */
const AWAY = "elsewhere";

/**
 * @param {{pathname: string, hash: string}} address
 * @returns {string}
 */
export function pathOf({ pathname, hash }) {
  const route = /^#!?(\/[^?]*)/.exec(hash)?.[1] ?? "";
  return `${pathname}${route && `#${route}`}`.slice(-MAX_PATH);
}

/** @param {import("../tap.js").Tap} tap */
export function tapRoutes({ scope, recorder }) {
  let path = "";

  /** @param {number} stamp @param {string} now */
  function turn(stamp, now) {
    if (now === path) return;
    path = now;
    recorder.record(ROUTE, stamp, NONE, recorder.number(path));
  }

  const look = (/** @type {Event | void} */ event) => turn(event?.timeStamp ?? performance.now(), pathOf(location));

  turn(0, pathOf(location));
  const navigation = /** @type {{navigation?: EventTarget}} */ (window).navigation;
  if (navigation) scope.listen(navigation, "currententrychange", look);
  else {
    // Nothing tells of history.pushState, and to wrap it would be to touch what is the page's: its address is compared
    // whenever there was something to record, and a new route brings something.
    scope.listen(window, "popstate", look);
    scope.listen(window, "hashchange", look);
    recorder.always(look);
  }
  scope.listen(window, "pagehide", (/** @type {PageTransitionEvent} */ event) => {
    if (event.persisted) turn(event.timeStamp, AWAY);
  });
  scope.listen(window, "pageshow", look);
}
