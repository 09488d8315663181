/** The form, beside the style that the page has in common with the report. */
export const formStyle = `
main { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); align-items: start; }
@media (max-width: 50rem) { main { grid-template-columns: minmax(0, 1fr); } }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 1rem; display: grid; gap: 0.6rem; min-width: 0; }
label { display: grid; gap: 0.15rem; font-size: 0.9rem; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line);
  border-radius: 6px; padding: 0.35rem 0.5rem; width: 100%; min-width: 0; }
input[type='range'] { padding: 0; accent-color: var(--accent); }
textarea { font-family: ui-monospace, monospace; font-size: 0.85rem; }
button { width: auto; cursor: pointer; background: var(--panel); }
output { font-variant-numeric: tabular-nums; font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#result table { font-size: 0.9rem; display: block; overflow-x: auto; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.75rem; }
`;
