import { estimateConfig } from '../src/core/estimate-config.ts';
import { readGuards } from '../src/core/guards.ts';
import { OpenedFiles } from '../src/core/reading/opened-files.ts';
import { htmlText } from '../src/core/report/escape.ts';
import { runSection } from '../src/core/report/outputs/html/run-section.ts';
import { filesOf, type TextFile } from './run-files.ts';
import type { RunState } from './run-state.ts';

/** The answer to what the form holds, as HTML: the run, or what is wrong with the config, at its line. */
export function answerTo(state: RunState): string {
  const { config, policy } = filesOf(state);
  const guards = readGuards(sourceOf(policy));
  const files = new OpenedFiles([[config.path, { text: config.text }]], guards.policy.formats);
  const { estimated, problems } = estimateConfig(config.path, files, guards);
  const mistakes = problems.map(({ place, message, hint }) => {
    const where = `${place.path}:${place.line}:${place.column}`;
    return `<li><code>${htmlText(where)}</code> ${htmlText(message, 600)} ${htmlText(hint ?? '', 600)}</li>`;
  });
  const wrong = mistakes.length === 0 ? '' : `<ul class="plain">${mistakes.join('')}</ul>`;
  if (estimated !== null) return `${wrong}${runSection(estimated)}`;
  if (wrong !== '') return wrong;
  return '<p>This is no training config that scalegate knows. A file name with the right ending may help.</p>';
}

function sourceOf({ path, text }: TextFile) {
  return { path, content: { text } };
}
