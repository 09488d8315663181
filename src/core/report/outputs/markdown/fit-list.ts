import type { FitAnswer } from '../../../fit/fit.ts';
import { htmlText, inlineCode } from '../../escape.ts';
import { fitChanges, fitFigures, lineEdit, withoutFits } from '../../fit-words.ts';

/** What would make a config fit, folded away: each way with its figures and the lines to change. */
export function fitList(answer: FitAnswer): string {
  const { path, fits } = answer;
  const code = (text: string): string => inlineCode(text, 300);
  const items = fits.map((fit) => {
    const lines = fit.lines.map((line) => `   - ${lineEdit(fit.launcher ?? path, line, code)}\n`);
    return `1. ${fitChanges(fit, code)}<br>${fitFigures(fit)}\n${lines.join('')}`;
  });
  return [
    `<details>\n<summary>How to make it fit: <code>${htmlText(path)}</code></summary>\n`,
    fits.length === 0 ? `${withoutFits(answer) ?? ''}\n` : items.join(''),
    '</details>\n\n',
  ].join('\n');
}
