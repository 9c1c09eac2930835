/** What the browsers have and TypeScript's own library has not yet. */

interface Document {
  readonly prerendering?: boolean;
}

interface Navigator {
  readonly globalPrivacyControl?: boolean;
  readonly connection?: { saveData?: boolean; effectiveType?: string };
  readonly deviceMemory?: number;
}

/** `trimtab build` puts a constant in its place, so what hangs on it is in the tag of a preview and in no other one. */
declare var TRIMTAB_PREVIEW: boolean | undefined;

/** Likewise false where a site has none of it: a question, a rating among them, a rule about reading, one about the pointer, a
 * runtime that another goes on for. */
declare var TRIMTAB_ASKS: boolean | undefined;
declare var TRIMTAB_RATES: boolean | undefined;
declare var TRIMTAB_READS: boolean | undefined;
declare var TRIMTAB_POINTS: boolean | undefined;
declare var TRIMTAB_FALLS: boolean | undefined;

/** https://whatpr.org/fetch/1647.html#fetch-later-method */
declare function fetchLater(url: string, request: RequestInit): { readonly activated: boolean };

/** https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory */
declare var trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ): { createScriptURL(url: string): unknown };
    }
  | undefined;

/** React brings no types; this is all of it that is used. */
declare module "react" {
  export function useSyncExternalStore<T>(subscribe: (onChange: () => void) => () => void, get: () => T, there: () => T): T;
}
