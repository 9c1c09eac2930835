/**
 * Everything that crosses the border between page and worker, and the numbers of the rows.
 * `trimtab/values.py` and `trimtab/messages.py` hold the same lists in Python; a test compares them.
 *
 * A row is six float64 `[kind, t_ms, target, a, b, c]`; `t_ms` counts from the page's (activated) start.
 *
 * @typedef {{observe: boolean, adapt: boolean, remember: boolean, share: boolean}} Consent
 *
 * @typedef {{kind: string} & Record<string, unknown>} Do One change; each file of `adjust/` says what its kind holds.
 * @typedef {{name: string, target: number, do: Do, under_pointer?: boolean}} Adjustment `under_pointer`: it may begin
 *   while the mouse is on the element.
 * @typedef {{selector: string}} Target
 * @typedef {object} Declaration What the page needs of it.
 * @property {string} hash Of the policy.
 * @property {Target[]} targets
 * @property {Adjustment[]} adjustments
 * @property {string[]} goals
 * @property {{name: string, answers: string[], width: number}[]} questions
 * @property {{a: number, b: number}} noise
 *
 * @typedef {object} Config What the build writes into the tag.
 * @property {boolean} preview Whether `data-arm` on the tag may force an arm; then nothing is ever reported.
 * @property {string} collect Where reports go; empty: to `report` beside the tag.
 * @property {string} visit File names, relative to the tag.
 * @property {string} worker
 * @property {string} panel
 * @property {string} survey Empty if no question is a rating.
 * @property {RuntimeName[]} runtimes The lightest first; where one fails, the next goes on.
 * @property {Declaration} declaration
 * @property {import("./draw/ticket.js").Table | null} table What a draw needs to know of the policy; null if it asks nothing.
 *
 * @typedef {object} WorkerConfig What the build writes into the worker.
 * @property {Runtime[]} runtimes
 * @property {object} declaration Python's, whole.
 *
 * @typedef {"stock" | "lean" | "profiled"} RuntimeName
 * @typedef {Started | Woken} Runtime File names, relative to the tag.
 *
 * @typedef {object} Started Python is started, see `worker/python.js`.
 * @property {RuntimeName} name
 * @property {string} folder
 * @property {string} stdlib
 * @property {string[]} wheels
 *
 * @typedef {object} Woken Python was started by the build, see `worker/wake.js`. A file with its hash is a pair.
 * @property {RuntimeName} name
 * @property {string} unit
 * @property {string} script
 * @property {[string, string]} module
 * @property {[string, string][]} images
 * @property {number} pages
 * @property {number} slots
 *
 * page → worker
 * @typedef {{type: "start", base: string, consent: Consent, seed: string, origin_ms: number,
 *   day: number, arm: string | null, carried: string | null, replayed: number[], runtime: number, isPlain: boolean,
 *   saved?: string | null, heard?: number}} Start `isPlain`: the host compresses nothing; `carried`: what the page
 *   before left; `replayed`: the adjustments that the page has shown again by itself; `runtime`: which one of the
 *   configuration's; `saved`: what a worker that has failed told last, and how many changes of consent it had heard of.
 * @typedef {{type: "names", names: [number, string][]}} Names Comes before the first batch that uses them.
 * @typedef {{type: "batch", rows: ArrayBuffer, now_ms: number}} Batch The buffer is transferred, unless it is kept.
 * @typedef {{type: "consent", consent: Consent, now_ms?: number}} ConsentChange
 * @typedef {{type: "force", segments: string[]}} Force Of a preview alone: the visitor is in these, whatever they do.
 * @typedef {{type: "share", ticket: import("./draw/ticket.js").Stub, now_ms: number}} Share The ticket is drawn and paid for.
 * @typedef {{type: "explain", name: string | null, words: Record<string, string>}} Explain The story of one adjustment
 *   (null: of the visit), in other words than English if some are given.
 * @typedef {{type: "report", budget: string | null, sealed: Uint8Array<ArrayBuffer> | null}} AskReport What the report
 *   says, and what the budget leaves.
 * @typedef {{type: "held", lock: string}} Held Of a page that shares the worker: while it lives it holds this lock.
 * @typedef {{type: "bye"}} Bye Of such a page: it needs nothing more, and nothing of its visit is to be kept.
 * @typedef {Held | Bye | Start | Names | Batch | ConsentChange | Share | Explain | AskReport | Force} ToWorker
 *
 * worker → page
 * @typedef {{type: "here"}} Here The worker's script runs.
 * @typedef {{type: "ready", arm: string, resumed: boolean, segments: string[],
 *   veto: boolean}} Ready `resumed`: the visit goes on from the page before, in these segments; `veto`: here the browser
 *   says that nothing may be shared.
 * @typedef {["apply" | "undo", number]} Command
 * @typedef {import("../trimtab.js").TrimtabLogEntry} LogEntry A decision or a change of segment, as `trimtab replay`
 *   prints it.
 * @typedef {{errors: number, refused: number, misdated: number}} Counts So far: failures of the policy, rows that
 *   could not be true, rows whose time could not.
 * @typedef {{type: "step", commands: Command[], log: LogEntry[], report: Uint8Array<ArrayBuffer> | null,
 *   carry: string | null, answered: number, heard: number} & Counts} Step `carry`: what to store for the next page;
 *   `answered`, `heard`: batches answered, and changes of consent heard of, so far.
 * @typedef {{type: "explained", text: string}} Explained
 * @typedef {{type: "reported", left: {today: number, month: number}, waits_ms: number | null,
 *   report: Omit<import("../trimtab.js").TrimtabReport, "state" | "why" | "left"> | null}} Reported `waits_ms`: until
 *   time alone ends what an adjustment waits for; null: nothing that time ends.
 * @typedef {{type: "saved", text: string, taken: number, heard: number}} Saved A checkpoint after so many messages.
 * @typedef {{type: "fatal", where: string, why: string}} Fatal The worker is useless from now on.
 * @typedef {Here | Ready | Step | Explained | Reported | Saved | Fatal} ToPage
 */

export const SCROLL = 1; // a = y
export const POINTER = 2; // a = x, b = y, c = 0 mouse, 1 touch, 2 pen
export const ENTER = 3; // target
export const LEAVE = 4; // target
export const VISIBLE = 5; // target, a = share of it that is in the window, 0..1
export const CLICK = 6; // target or NONE
export const KEY = 7; // a = 1 if nothing that can be typed in has the focus
export const FOCUS = 8; // target
export const BLUR = 9; // target
export const INPUT = 10; // target or NONE, a = 1 if it corrects, b = 1 if it is text
export const RESIZE = 11; // a = width, b = height of the window
export const LAYOUT = 12; // target, a = top in the document, b = height, c = words or -1
export const HIDDEN = 13;
export const SHOWN = 14;
export const ROUTE = 15; // a = name
export const EVENT = 16; // a = name, b = value, c = 1 if it has one
export const GOAL = 17; // a = name, b = value, c = 1 if it has one
export const PAGE = 18; // a = width, b = height of the window, c = height of the document; always the first row
export const DOCUMENT = 19; // a = height
export const APPLIED = 20; // a = adjustment
export const UNDONE = 21; // a = adjustment, b = by whom, as below
export const DEFERRED = 22; // a = adjustment: waits for a safe moment, b = why, as below
export const FAILED = 23; // a = adjustment: nothing to change
export const BOX = 24; // target, a = left in the document, b = width

/** `timeline.GRID_MS`: what is not decided at once is decided at its multiples, in ms of the page. */
export const GRID_MS = 100;
/** The page has told all that went on (scrolling, pointing, typing) at multiples of this, if it is awake. */
export const TELL_MS = 5 * GRID_MS;

/** Why a change waits; `governor/ledger.py` holds the same order. */
export const WAITS = { layout: 0, pointer: 1, focus: 2, hydration: 3 };

/** Who has taken a change back; `governor/ledger.py` knows all but the first. */
export const BY = { governor: 0, visitor: 1, page: 2, shift: 3 };

/** The row concerns no target. */
export const NONE = -1;
export const COLUMNS = 6;
