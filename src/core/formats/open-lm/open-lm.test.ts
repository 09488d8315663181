import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('model_configs/open_lm_1b.json', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a model states its dimensions; the MLP follows from its width', () => {
  const model =
    '{ "hidden_dim": 2048, "n_layers": 24, "n_heads": 16, "seq_len": 2048, "vocab_size": 50432, "weight_tying": false }';
  expect(valuesOf(model)).toEqual({
    'training.trainer': 'open-lm',
    'training.sequence_length': 2048,
    'model.hidden_size': 2048,
    'model.num_layers': 24,
    'model.num_attention_heads': 16,
    'model.vocab_size': 50432,
    'model.intermediate_size': 5632,
    'model.gated_mlp': true,
    'model.norm': 'rmsnorm',
    'model.tie_word_embeddings': false,
  });
});

test('a Mamba has no dimensions here', () => {
  expect(valuesOf('{ "d_model": 4096, "n_layer": 64, "vocab_size": 50432, "seq_len": 2048 }')).toEqual({
    'training.trainer': 'open-lm',
    'training.sequence_length': 2048,
  });
});

test('a wrong type is a problem on its line', () => {
  const { problems } = read(
    '{\n"hidden_dim": 2048, "n_layers": "deep",\n"n_heads": 16, "seq_len": 2048, "vocab_size": 1 }',
  );
  expect(problems).toMatchObject([{ code: 'wrong-type', key: 'n_layers', place: { line: 2 } }]);
});
