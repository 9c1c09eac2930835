/** The page's side of trimtab: `window.trimtab`. */

/**
 * One answer for each capability: `true` grants; `false` denies, which forgets and restores at once, on every page of the
 * origin. `null`: there is no answer (any more). What is left out has none yet; if it had one, it is denied.
 */
export interface TrimtabConsent {
  /** Measure behaviour, on this device only. Without it nothing happens at all. */
  observe?: boolean | null;
  /** Change the page. */
  adapt?: boolean | null;
  /**
   * Keep a random seed on the device, so that a visitor stays in one arm of an experiment; and, in this tab, what the
   * next page needs for the visit to go on.
   */
  remember?: boolean | null;
  /** Send one noised answer a day. Denied by Global Privacy Control, whatever the call says. */
  share?: boolean | null;
}

/** What the visitor chooses by their own hand, of one capability or several; null takes the choice back. */
export type TrimtabChoice = { [Capability in keyof TrimtabConsent]?: boolean | null };

export interface TrimtabAdjustmentStatus {
  readonly name: string;
  readonly state: "idle" | "applied" | "deferred" | "undone" | "failed" | "held" | "refused";
  /** Why: a word of the governor's or a sentence of the page's. */
  readonly reason: string;
}

export interface TrimtabStatus {
  readonly state: "off" | "waiting" | "starting" | "running" | "stopped";
  /** Why it is not running; empty while it is. */
  readonly why: string;
  readonly consent: Readonly<Record<keyof TrimtabConsent, boolean>>;
  /**
   * Who decided: "visitor" in the panel, "site", "tcf", "gpp", "google", "tab" (another page of the origin), "gpc",
   * "webdriver", "off"; "" while nobody has.
   */
  readonly consent_by: Readonly<Record<keyof TrimtabConsent, string>>;
  /** "experiment/arm" or "holdout"; null until the device has drawn. */
  readonly arm: string | null;
  /** Milliseconds from asking for Python to its first answer; null before that. */
  readonly boot_ms: number | null;
  /** Which of the pack's runtimes is used; null before any is. */
  readonly runtime: "stock" | "lean" | "profiled" | null;
  /** How often a runtime failed and a heavier one went on where it was. */
  readonly fallbacks: number;
  /** Why the last one failed; with no fallbacks, why this page did not begin with the lightest. */
  readonly fallback_why: string;
  /** Whether the visit goes on from the page before. */
  readonly resumed: boolean;
  /** The segments that the visitor is in now. */
  readonly segments: readonly string[];
  readonly adjustments: readonly TrimtabAdjustmentStatus[];
  /** Samples lost because the worker did not take them in time. */
  readonly dropped: number;
  /** Samples that could not be true, and were left out. */
  readonly refused: number;
  /** Samples that came late or were dated in the future, and were taken as happening when they came. */
  readonly misdated: number;
  /** How often the page changed an adjusted element back (each is made again, a few times). */
  readonly reversed: number;
  /** Adjustments that were given up because the page kept taking them back. */
  readonly given_up: number;
  /** Adjustments that were taken back because they moved what was in view (measured in Chromium alone). */
  readonly shifted: number;
  /**
   * Whether the visitor shares, and if not, why: nobody has answered yet, somebody said no, the browser asks pages not to
   * (Global Privacy Control), or a program drives it.
   */
  readonly sharing: "agreed" | "unanswered" | "denied" | "gpc" | "webdriver";
  /** "spent": the budget of this device allows no report today. */
  readonly report: "none" | "sealed" | "sent" | "spent";
  /** Why this page makes no report although sharing is agreed to; empty if it makes one, or may yet. */
  readonly report_why: string;
  /** Mistakes in calls, and failures of our own that were kept from the page. */
  readonly errors: number;
}

/** A decision or a change of segment, as `trimtab replay` prints it. Times in ms since the page's start. */
export type TrimtabLogEntry =
  | { t_ms: number; segment: string; entered: boolean; because: string; strength: number }
  | {
      t_ms: number;
      adjustment: string;
      decision: "allowed" | "held" | "deferred" | "refused" | "undone";
      reason: string;
      until_ms?: number;
      because?: string;
      strength?: number;
    };

/** What the visitor's next report says. What Python has not told yet is null or empty. */
export interface TrimtabReport {
  /** "sealed": ready to leave when the visit ends; "spent": the budget allows none today. */
  readonly state: TrimtabStatus["report"];
  readonly sharing: TrimtabStatus["sharing"];
  /** Why there is none; empty if there is one. */
  readonly why: string;
  readonly question: string | null;
  /** All answers that the question has. */
  readonly answers: readonly string[];
  /** The true one, before the noise. It never leaves. */
  readonly answer: string | null;
  /** What the report tells: the same, or what chance has put in its place. */
  readonly told: readonly string[];
  /** The arm that it is counted in, in clear. */
  readonly arm: string | null;
  /** Days since 1970-01-01 UTC, in clear. */
  readonly day: number | null;
  /** [a, b]: the odds of one true answer against another change by a/b at most. */
  readonly noise: readonly [number, number] | null;
  /** ln(a/b), rounded up. */
  readonly epsilon: number | null;
  /** How many more reports this device may make. */
  readonly left: { readonly today: number; readonly month: number } | null;
}

/**
 * Words for the panel: of each sentence the site's own, by the keys of panel/words/en.js. What is left out is said in the
 * language of `<html lang>` if the panel speaks it (English, German), else in English.
 */
export interface TrimtabPanelWords {
  /** The language of these words, if it is not the page's. */
  lang?: string;
  /** What segments, adjustments, questions and answers are called. */
  names?: Record<string, string>;
  /** The sentences of a change's story, by the keys of `WORDS` in story.py. */
  story?: Record<string, string>;
  [sentence: string]: string | Record<string, string> | undefined;
}

/** What `document` hears. Every script of the page can, so it says nothing that `status()` does not. */
export interface TrimtabEvents {
  "trimtab:segment": CustomEvent<{ segment: string; entered: boolean; because: string }>;
  /** The page shows it now. */
  "trimtab:adjust": CustomEvent<{ adjustment: string }>;
  /** The page shows it no more. */
  "trimtab:undo": CustomEvent<{ adjustment: string; reason: string }>;
}

export interface Trimtab {
  /** What the visitor permits, all of it at once. May be called again at any time; withdrawal takes effect at once. */
  consent(permitted: TrimtabConsent): void;
  /**
   * The visitor's own choice in a panel; it outranks what anybody else has said. A no is stored and holds on every page
   * until it is taken back; a yes also holds on the next page if the visitor may be remembered, and ends with the next
   * no of anybody.
   */
  choose(words: TrimtabChoice): void;
  /** Something that the policy may count, with a number if it has one. */
  event(name: string, value?: number): void;
  /** A goal that the policy declares. */
  goal(name: string, value?: number): void;
  status(): TrimtabStatus;
  /**
   * The story of one adjustment (all of them, without a name) in plain sentences: what was noticed, what was decided,
   * and why. Never rejects; while Python does not run it says why. `words`: other words for the keys of `WORDS` in
   * story.py, for another language.
   */
  explain(adjustment?: string, words?: Readonly<Record<string, string>>): Promise<string>;
  /**
   * What the next report says, before the noise and after it. For the visitor's eyes: a script that sends it on breaks
   * what the visitor was promised. Never rejects.
   */
  report(): Promise<TrimtabReport>;
  /** The visitor takes one adjustment back, or all that are shown. What they took back does not come again in the visit. */
  undo(adjustment?: string): void;
  /**
   * Shows the visitor what was noticed, changed and would be shared, with a way back for all of it. Loads its script
   * first. Resolves when it stands there, or cannot. A button in `<trimtab-panel>` calls it too.
   */
  panel(words?: TrimtabPanelWords): Promise<void>;
  /** The newest 500 decisions and changes of segment, with their reasons, as data; none once observing is denied. */
  log(): readonly TrimtabLogEntry[];
  /**
   * Restores the page, forgets the seed and the report that has not left, and stays off until the page is loaded again.
   * Other pages of the origin hear it as a denial.
   * What stays is on which days this device made a report, so that switching on and off makes no second one.
   */
  off(): void;
  /** Resolves when it runs, or when it is clear that it will not on this page. Never rejects. */
  readonly ready: Promise<TrimtabStatus>;
  /**
   * For tests: resolves when all that has happened on the page so far is decided, and what was decided is done. So no
   * worker is starting, no row or batch is under way, no frame is asked for, and no decision waits for a time that is
   * known (`until_ms`). It does not wait for what only the visitor can bring (a safe moment for a change that is
   * deferred), nor for a segment to ripen: `force` it. On a hidden page frames wait, and so does this. Never rejects.
   */
  settled(): Promise<void>;
  /**
   * Only in packs of `trimtab build --preview`. `segment`: the visitor is in this one (or these), whatever they do; null:
   * the rules decide again. `arm` ("experiment/arm" or "holdout"): the visit begins anew in it; null: in a drawn one.
   */
  readonly force?: (forced: { segment?: string | readonly string[] | null; arm?: string | null }) => void;
}

/**
 * Calls made before the tag is there: `window.trimtab ??= { early: [] }; trimtab.early.push(["consent", {…}])`.
 * A browser that a program drives (`navigator.webdriver`) never reports, unless a test of your own asks for it before the
 * page begins: `window.trimtab = { early: [], automated: true }`. Previews report in any case, under a hash of their own.
 */
export interface TrimtabEarly {
  early: (["consent", TrimtabConsent] | ["event" | "goal", string, number?] | ["off"])[];
  automated?: boolean;
}

declare global {
  interface Window {
    trimtab?: Trimtab;
  }
  interface DocumentEventMap extends TrimtabEvents {}
}
