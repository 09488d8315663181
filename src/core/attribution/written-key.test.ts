import { expect, test } from 'vitest';
import { readKey } from './written-key.ts';

/** The place of the mark `^` in a line, and the line without it. */
function marked(line: string): readonly [string, number] {
  return [line.replace('^', ''), line.indexOf('^') + 1];
}

test.each([
  ['YAML', '  ^micro_batch_size: 8  # per GPU', 'micro_batch_size', '8'],
  ['YAML in quotes', '^\'optimizer\': "adamw_8bit"', 'optimizer', 'adamw_8bit'],
  ['a YAML map on one line', 'model: {^hidden_size: 2048, num_layers: 24}', 'hidden_size', '2048'],
  ['an item of a list', '  ^- model: llama', 'model', 'llama'],
  ['a map', '^parallelism:', 'parallelism', null],
  ['a list', '^log: [loss, memory]', 'log', null],
  ['JSON', '  ^"train_batch_size": 256,', 'train_batch_size', '256'],
  ['the last of a JSON map', '{^"stage": 3}}', 'stage', '3'],
  ['TOML', '^seq_len = 8192 # tokens', 'seq_len', '8192'],
  ['a dotted key', '^model.num_layers = 24', 'model.num_layers', '24'],
  ['Python', '    ^steps=1_000,', 'steps', '1_000'],
  ['a call in Python', '    ^optimizer=AdamW(lr=1e-4),', 'optimizer', null],
  ['the value of a flag', 'torchrun train.py --micro-batch-size ^16 \\', 'micro-batch-size', '16'],
  ['a flag with its value', 'python train.py ^--max_steps=5000 --bf16', 'max_steps', '5000'],
  ['a flag without one', 'python train.py ^--bf16 \\', 'bf16', null],
  ['a value after an equals sign', 'python train.py --max_steps=^5000', 'max_steps', '5000'],
  ['a variable', 'MICRO_BATCH=^8', 'MICRO_BATCH', '8'],
  ['an option of Slurm', '#SBATCH --nodes=^4', 'nodes', '4'],
])('%s: %s', (_, line, key, value) => {
  const [text, column] = marked(line);
  expect(readKey(`first\n${text}\nlast`, { path: 'a', line: 2, column })).toEqual({ key, value });
});

test.each([
  ['a line that does not exist', 'a: 1', 5],
  ['text that is no key', '1, 2, 3', 1],
  ['no text', null, 1],
])('%s has no key', (_, text, line) => {
  expect(readKey(text, { path: 'a', line, column: 1 })).toBeNull();
});

test('a line of a megabyte is read as far as a key can stand', () => {
  expect(readKey(`a: ${'x'.repeat(1_000_000)}`, { path: 'a', line: 1, column: 1 })?.value?.length).toBeLessThan(500);
  expect(readKey(' '.repeat(1_000_000), { path: 'a', line: 1, column: 900_000 })).toBeNull();
});
