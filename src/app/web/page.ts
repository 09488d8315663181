import { createHash } from 'node:crypto';
import { version } from '../../core/version.ts';
import { answer, type Route } from './route.ts';
import type { State } from './state.ts';

/** `/`: what this is and how it is. Plain HTML; the policy allows its one style sheet and nothing else. */
export function createPage(readState: () => Promise<State>): Route {
  return async (_, response) => {
    answer(response, 200, renderPage(await readState()), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
    });
  };
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --back: #fff; --good: #1a7f37; --bad: #d1242f }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --muted: #9198a1; --line: #3d444d; --back: #0d1117; --good: #3fb950; --bad: #f85149 }
}
body { margin: 0 auto; max-width: 40rem; padding: 3rem 1.25rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
h1 { margin: 0; font-size: 1.75rem }
h1 small { color: var(--muted); font-size: 1rem; font-weight: normal }
dl { display: grid; grid-template-columns: max-content 1fr; margin: 2rem 0; border-top: 1px solid var(--line) }
dt, dd { margin: 0; padding: .5rem 0; border-bottom: 1px solid var(--line) }
dt { padding-right: 2rem; color: var(--muted) }
dd { font-variant-numeric: tabular-nums }
.good { color: var(--good) }
.bad { color: var(--bad) }
a { color: inherit }
footer { color: var(--muted); font-size: .875rem }
`;

const styleHash = createHash('sha256').update(style).digest('base64');
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export function renderPage(state: State): string {
  const { counts, lastHandledAt, now, startedAt } = state;
  const rows = [
    ['State', counts === null ? marked('bad', 'The queue can’t be reached') : marked('good', 'Up')],
    ['Up for', age(startedAt, now)],
    ['Waiting', counts === null ? 'unknown' : jobs(counts.waiting + counts.delayed)],
    ['In work', counts === null ? 'unknown' : jobs(counts.active)],
    ['Given up', counts === null ? 'unknown' : counts.dead === 0 ? jobs(0) : marked('bad', jobs(counts.dead))],
    ['Last delivery handled', lastHandledAt === null ? 'none since the start' : `${age(lastHandledAt, now)} ago`],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>scalegate</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>scalegate <small>${version}</small></h1>
<p>A GitHub App that reads changes of training configs in pull requests, estimates memory per GPU, GPU-hours and cost, and holds jumps in scale until somebody approves them.</p>
<dl>
${rows.map(([name, value]) => `<dt>${name ?? ''}</dt><dd>${value ?? ''}</dd>`).join('\n')}
</dl>
</main>
<footer><a href="https://github.com/scalegate/scalegate">What it does and how it is installed</a></footer>
</body>
</html>
`;
}

function marked(kind: 'good' | 'bad', text: string): string {
  return `<span class="${kind}">${text}</span>`;
}

function jobs(count: number): string {
  return count === 1 ? '1 job' : `${count.toLocaleString('en-US')} jobs`;
}

/** In the largest unit that fits: `3 minutes`. */
function age(since: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000));
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  const [unit, size] = units.find(([, least]) => seconds >= least) ?? (['second', 1] as const);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
