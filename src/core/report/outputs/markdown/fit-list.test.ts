import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findFits } from '../../../fit/find-fits.ts';
import { readGuards } from '../../../guards.ts';
import { OpenedFiles } from '../../../reading/opened-files.ts';
import { fitList } from './fit-list.ts';

const tooBig = readFileSync('examples/configs/xl.yaml', 'utf8').replace(
  'activation_checkpointing: full',
  'activation_checkpointing: none',
);

function listOf(text: string): string {
  const path = 'configs/xl.yaml';
  const files = new OpenedFiles([[path, { text }]]);
  return fitList(findFits({ path, files, guards: readGuards(null), most: 3 })!);
}

test('a config that does not fit is shown the lines that make it fit', async () => {
  await expect(listOf(tooBig)).toMatchFileSnapshot('goldens/how-to-make-it-fit.md');
});

test('what a fork writes on a line that changes is shown as code and nothing else', () => {
  const comment = '# @everyone <img src=x> ``` | </details> [a](http://b)';
  const list = listOf(tooBig.replace('micro_batch_size: 32', `micro_batch_size: 32 ${comment}`));
  const line = list.split('\n').find((text) => text.includes('@everyone'))!;
  const outsideOfCode = line.replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
  expect(outsideOfCode.trim()).toMatch(/^- +→ *$/);
});

test('a config that nothing makes fit is told so', () => {
  const huge = tooBig.replace('hidden_size: 2560', 'hidden_size: 102400').replace('count: 64', 'count: 1');
  expect(listOf(huge)).toContain('Nothing was found that makes it fit');
});
