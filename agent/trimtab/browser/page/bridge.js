/** `trimtab build` replaces this module where the site's trimtab.toml has the table [data_layer]. */

/** @type {(scope: import("./scope.js").Scope) => void} */
export const bridge = () => {};
