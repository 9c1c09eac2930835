/**
 * Addresses of our own scripts, as pages with `require-trusted-types-for 'script'` want them: made by a policy that their
 * `trusted-types trimtab` permits. https://w3c.github.io/trusted-types/dist/spec/
 */

/** @type {{createScriptURL: (url: string) => unknown} | undefined} one policy of a name is all that a page permits */
let policy;

/**
 * @param {string} url of the pack, or of a blob of ours
 * @returns {string} what `new Worker` takes, typed as it was before there were trusted types
 */
export function trusted(url) {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("trimtab", { createScriptURL: (given) => given });
  } catch {
    // The page's list of policies leaves ours out: it may still not require trusted types; if it does, the worker is refused.
  }
  return policy ? /** @type {string} */ (policy.createScriptURL(url)) : url;
}
