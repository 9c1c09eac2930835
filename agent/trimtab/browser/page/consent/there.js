/** Finding what another script brings, without polling. */

/**
 * Looks now and, if the page is still loading, once more when it has loaded: whoever has no stub until then is missing.
 * @param {import("../scope.js").Scope} scope
 * @param {() => unknown} find
 * @param {(found: Function) => void} use
 */
export function whenThere(scope, find, use) {
  const look = () => {
    const found = find();
    if (typeof found === "function") use(found);
    return typeof found === "function";
  };
  if (!look() && document.readyState !== "complete") scope.listen(window, "load", look);
}
