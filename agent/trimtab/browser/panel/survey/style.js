/** How the survey looks: in the page's own font and colours, with enough of a border that it is one thing. */

export const STYLE = `
:host { display: block; }
* { box-sizing: border-box; margin: 0; }
[role="group"] {
  display: grid;
  gap: 0.75em;
  max-inline-size: 30em;
  padding: 1em 1.125em 1.125em;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
  border-radius: 0.625em;
  font-size: 1rem;
  line-height: 1.5;
  text-align: start;
}
header { display: flex; gap: 1em; align-items: start; justify-content: space-between; }
#question { font-weight: 600; text-wrap: balance; }
small { font-size: 0.8125em; line-height: 1.45; }
.scale { display: grid; grid-template-columns: repeat(5, 1fr); gap: 0.5em; }
.ends { display: flex; justify-content: space-between; margin-block-start: -0.375em; font-size: 0.875em; }
button {
  min-block-size: 2.75em;
  padding: 0;
  border: 1px solid color-mix(in srgb, currentColor 60%, transparent);
  border-radius: 0.5em;
  background: none;
  color: inherit;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
button:focus-visible, p:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.close {
  flex: none;
  inline-size: 2em;
  min-block-size: 2em;
  margin: -0.25em -0.375em 0 0;
  border-color: transparent;
  font-size: 1.125em;
  font-weight: 400;
  line-height: 1;
}
[tabindex] { align-self: center; }
`;
