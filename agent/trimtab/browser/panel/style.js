/** How the panel looks: in its own shadow, so that neither it nor the page's stylesheets reach the other. */

export const STYLE = `
:host {
  all: initial;
  display: contents;
  --back: #fbfaf7;
  --card: #ffffff;
  --ink: #1d2628;
  --soft: #556164;
  --line: #dcdfdc;
  --mark: #0b5c63;
  --on-mark: #ffffff;
  --tint: #e6f0ef;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :host {
    --back: #141c1f;
    --card: #1b2528;
    --ink: #edf2f1;
    --soft: #a7b4b5;
    --line: #344346;
    --mark: #7fd0c4;
    --on-mark: #0c1b1c;
    --tint: #1f3335;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
dialog {
  position: fixed;
  inset: 0 0 0 auto;
  inline-size: min(27em, 100vw);
  block-size: 100dvh;
  max-inline-size: none;
  max-block-size: none;
  margin: 0;
  padding: 0;
  overflow: auto;
  overscroll-behavior: contain;
  border: 0;
  border-inline-start: 1px solid var(--line);
  background: var(--back);
  box-shadow: 0 0 3em rgb(0 0 0 / 0.18);
  color: var(--ink);
  font: medium/1.5 system-ui, sans-serif;
  text-wrap: pretty;
}
dialog::backdrop { background: rgb(10 24 26 / 0.28); }
h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1.3em; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; }
h2:focus-visible, h2:focus { outline: none; }
h3 { margin-block-end: 0.5em; color: var(--soft); font-size: 0.875em; font-weight: 600; }
small { display: block; color: var(--soft); font-size: 0.875em; line-height: 1.4; }
b { font-weight: 600; overflow-wrap: anywhere; }
header {
  position: sticky;
  inset-block-start: 0;
  z-index: 1;
  display: flex;
  gap: 1em;
  align-items: start;
  justify-content: space-between;
  padding: 1.25em 1.25em 1em;
  border-block-end: 1px solid var(--line);
  background: var(--back);
}
header p { margin-block-start: 0.35em; color: var(--soft); font-size: 0.9375em; }
section { padding: 1.125em 1.25em 0; }
section > ul, dl { display: grid; gap: 0.5em; }
li, dl > div, .switch {
  padding: 0.75em 0.875em;
  border: 1px solid var(--line);
  border-radius: 0.625em;
  background: var(--card);
}
.none { color: var(--soft); }
.fine { margin-block-start: 0.625em; color: var(--soft); font-size: 0.875em; }
dl { grid-template-columns: 1fr 1fr; margin-block-start: 0.625em; }
dt { color: var(--soft); font-size: 0.8125em; }
dd b { display: block; }
dl > div + div { border-color: var(--mark); background: var(--tint); }
.change { display: grid; grid-template-columns: 1fr auto; gap: 0 0.75em; align-items: center; }
.change b { display: block; }
details { grid-column: 1 / -1; }
summary { inline-size: fit-content; padding-block: 0.3em; color: var(--mark); font-size: 0.9375em; cursor: pointer; }
details p { padding-block: 0.25em; font-size: 0.9375em; }
.switch { display: flex; gap: 0.875em; align-items: start; margin-block-end: 0.5em; }
.switch label { display: block; font-weight: 600; cursor: pointer; }
.switch:has(:disabled) label { cursor: default; }
.switch:has(:disabled) { background: none; }
input {
  flex: none;
  appearance: none;
  inline-size: 2.75em;
  block-size: 1.5em;
  margin: 0;
  border: 2px solid var(--soft);
  border-radius: 1em;
  background: none;
  font: inherit;
  cursor: pointer;
}
input::before {
  content: "";
  display: block;
  inline-size: 0.875em;
  block-size: 0.875em;
  margin: calc((1.5em - 4px - 0.875em) / 2);
  border-radius: 50%;
  background: var(--soft);
}
input:checked { border-color: var(--mark); background: var(--mark); }
input:checked::before { background: var(--on-mark); translate: 1.25em 0; }
input:checked:dir(rtl)::before { translate: -1.25em 0; }
input:disabled { opacity: 0.55; cursor: default; }
footer { display: flex; flex-wrap: wrap; gap: 0.625em; padding: 1em 1.25em 1.5em; }
button {
  min-block-size: 2.5em;
  padding: 0 1em;
  border: 1px solid var(--mark);
  border-radius: 0.5em;
  background: none;
  color: var(--mark);
  font: inherit;
  font-size: 0.9375em;
  font-weight: 600;
  cursor: pointer;
}
button:hover { background: var(--tint); }
footer button { flex: 1 1 10em; }
.close {
  flex: none;
  inline-size: 2em;
  min-block-size: 2em;
  margin: -0.25em -0.375em 0 0;
  padding: 0;
  border-color: transparent;
  color: var(--soft);
  font-size: 1.25em;
  font-weight: 400;
  line-height: 1;
}
:is(button, summary, input):focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 32em) {
  dialog {
    inset: auto 0 0;
    inline-size: 100vw;
    block-size: auto;
    max-block-size: 92dvh;
    border-inline-start: 0;
    border-radius: 1em 1em 0 0;
  }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: come 0.18s ease-out; }
  input::before { transition: translate 0.12s; }
  @keyframes come { from { opacity: 0; translate: 0 0.75em; } }
}
@media (forced-colors: active) {
  input { appearance: auto; inline-size: 1.25em; block-size: 1.25em; }
  input::before { content: none; }
}
`;
