import { expect, test } from 'vitest';
import { setInShell } from './set-in-shell.ts';

const script = `#!/bin/bash
MBS=4
export SEQ="\${SEQ:-2048}"
# --tensor-parallel-size 8 was too slow
torchrun --nproc_per_node 8 train.py \\
  --micro-batch-size $MBS \\
  --seq_length $SEQ --lr=1e-4 \\
  --bf16
`;

test.each<[string, string, string, string]>([
  ['a value is replaced', 'lr', '3e-5', '--lr=3e-5'],
  ['a variable is changed where it is assigned', 'micro_batch_size', '2', 'MBS=2'],
  ['so is its default', 'seq-length', '1024', 'SEQ="${SEQ:-1024}"'],
  [
    'a flag that only a comment has is added, on a line of its own',
    'tensor-parallel-size',
    '2',
    '  --tensor-parallel-size 2 \\\n  --micro-batch-size',
  ],
  ['a flag without a value gets one', 'bf16', 'true', '--bf16 true'],
])('%s', (_, flag, value, expected) => {
  const changed = setInShell(script, [flag], value)!;
  expect(changed).toContain(expected);
  // One place of the script differs, and nothing is lost
  expect(changed.split('\n').filter((line) => !script.includes(line)).length).toBe(1);
});

test('a flag that stands twice, a variable that is computed, and a value that is more than a word have no place', () => {
  expect(setInShell('a --lr 1 --lr 2 --output_dir x', ['lr'], 3)).toBeNull();
  expect(setInShell('N=$(nproc)\npython t.py --lr $N', ['lr'], 3)).toBeNull();
  expect(setInShell(script, ['lr'], '1; rm -rf /')).toBeNull();
  expect(setInShell('echo hello', ['lr'], 1)).toBeNull();
});

test('an override of Hydra is replaced, and one that is missing stands beside the others', () => {
  const run = 'python -m t \\\n    a.b=1 \\\n    c.d=x\n';
  expect(setInShell(run, ['a', 'b'], 2)).toBe('python -m t \\\n    a.b=2 \\\n    c.d=x\n');
  expect(setInShell(run, ['a', 'e'], true)).toBe('python -m t \\\n    a.e=true \\\n    a.b=1 \\\n    c.d=x\n');
});

test('in an array of arguments a new line is not continued', () => {
  const run = 'ARGS=(\n  --lr 1e-4\n)\n';
  expect(setInShell(run, ['gradient_checkpointing'], 'True')).toBe(
    'ARGS=(\n  --gradient_checkpointing True\n  --lr 1e-4\n)\n',
  );
});
