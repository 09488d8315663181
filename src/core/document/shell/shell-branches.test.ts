import { expect, test } from 'vitest';
import { parseShell, type ShellScript } from '../parse-shell.ts';
import { AppendList } from './append-list.ts';
import { unknownText } from './shell-text.ts';

function wordsOf(text: string): string {
  const { commands } = parseShell('run.sh', text).document!.value as ShellScript;
  return commands.at(-1)!.words.join(' ').replaceAll(unknownText, '?');
}

test.each([
  [
    'an array',
    'ARGS=(--batch 4)\nif [ -n "$WANDB_API_KEY" ]; then\n  ARGS+=(--report_to wandb)\nfi\nARGS+=(--lr 1)\npython train.py "${ARGS[@]}"\n',
    'python train.py --batch 4 --report_to ? --lr 1',
  ],
  [
    'a text',
    'ARGS="--batch 4"\nif [ -n "$DEBUG" ]; then ARGS="$ARGS --steps 10"; fi\npython train.py $ARGS\n',
    'python train.py --batch 4 --steps ?',
  ],
  [
    'both branches',
    'A=(--x 1)\nif [ "$1" = big ]; then A+=(--batch 8 --lora); else A+=(--batch 2); fi\npython train.py ${A[@]}\n',
    'python train.py --x 1 --batch ? --lora ?',
  ],
  [
    'branches that agree',
    'A=(--x 1)\nif [ "$1" = big ]; then A+=(--batch 8); else A+=(--batch 8); fi\npython train.py ${A[@]}\n',
    'python train.py --x 1 --batch 8',
  ],
  [
    'overrides of Hydra',
    'A="model=big"\n[ -z "$Q" ] || true\nif [ -n "$Q" ]; then A+=" train.steps=5"; fi\npython train.py $A\n',
    'python train.py model=big train.steps=?',
  ],
  [
    'a branch that starts anew',
    'A="--x 1"\nif [ -n "$Q" ]; then A="--y 2"; fi\npython train.py $A\n',
    'python train.py ?',
  ],
])('arguments that an unanswered if appends leave what was there: %s', (_, text, words) => {
  expect(wordsOf(text)).toBe(words);
});

test('a list that two grow from stays what it was', () => {
  const base = AppendList.of([1]);
  const [left, right] = [base.append([2]), base.append([3, 4])];
  expect([base.toArray(), left.toArray(), right.toArray()]).toEqual([[1], [1, 2], [1, 3, 4]]);
  expect(left.append([5]).toArray()).toEqual([1, 2, 5]);
  expect(left.since(base)).toEqual([2]);
  expect(left.since(right)).toBeNull();
});

test('a script that appends a hundred thousand times copies no list for it', () => {
  const text = `${'ARGS+=(x)\n'.repeat(100_000)}python train.py \${#ARGS[@]}\n`;
  expect(wordsOf(text)).toBe('python train.py 100000');
});
