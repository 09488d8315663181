/** One style for the report and the page: light and dark by the reader's setting, readable on a phone, no web fonts. */
export const style = `
:root { color-scheme: light dark; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --page: #fff; --panel: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --wait: #9a6700; --accent: #0969da; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --faint: #9198a1; --line: #3d444d; --page: #0d1117;
  --panel: #151b23; --good: #3fb950; --bad: #f85149; --wait: #d29922; --accent: #4493f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 70rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 1.5rem; } h3 { font-size: 1rem; }
a { color: var(--accent); }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
[align='right'] { text-align: right; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.faint { color: var(--faint); font-size: 0.9rem; }
.verdict { font-size: 1.2rem; font-weight: 600; margin: 0.5rem 0; }
.fits { color: var(--good); } .over { color: var(--bad); } .may { color: var(--wait); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.5rem; margin: 0.75rem 0; padding: 0; }
.figures div { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; }
.figures dt { color: var(--faint); font-size: 0.85rem; } .figures dd { margin: 0; font-size: 1.15rem; font-weight: 600; }
.bar { display: block; width: 100%; height: 2.25rem; margin: 0.5rem 0; }
.swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; border-radius: 2px; }
td.wide { width: 45%; }
@media (max-width: 40rem) { th, td { padding: 0.25rem; font-size: 0.9rem; overflow-wrap: anywhere; } table:has(.wide) :is(td, th):last-child { display: none; } } td.wide .bar { height: 1.4rem; margin: 0; }
.whole { fill: var(--faint); } .more { fill: #d55e00; } .less { fill: #009e73; }
details { margin: 0.5rem 0; } sub { vertical-align: baseline; color: var(--faint); }
.limit { stroke: var(--text); stroke-width: 2; } .room { fill: var(--panel); stroke: var(--line); }
ul.plain { padding-left: 1.2rem; }
`;

/** Colours of the parts, told apart without red against green: Okabe and Ito's palette, lightened where text is dark. */
export const partColours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#8a8a00',
  '#7f7f7f',
] as const;
