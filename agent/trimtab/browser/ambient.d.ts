/** What the browsers have and TypeScript's own library has not yet. */

interface Document {
  readonly prerendering?: boolean;
}

interface Navigator {
  readonly globalPrivacyControl?: boolean;
  readonly connection?: { saveData?: boolean; effectiveType?: string };
  readonly deviceMemory?: number;
}

/** https://whatpr.org/fetch/1647.html#fetch-later-method */
declare function fetchLater(url: string, request: RequestInit): { readonly activated: boolean };
