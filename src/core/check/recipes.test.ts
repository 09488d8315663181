import { describe, expect, test } from 'vitest';
import { change, evaluate } from '../../../test/support/a-pull-request.ts';

describe('a file of several recipes', () => {
  const recipe = (name: string, tokens: string) => `def ${name}():
    return Trainer.Config(
        model_spec=model_registry("8B"),
        training=TrainingConfig(num_tokens_per_microbatch_per_dp_rank=${tokens}, max_context_length=4096, steps=10),
    )
`;
  const path = 'models/llama3/config_registry.py';
  const before = recipe('small', '4096') + recipe('large', '8192');

  test('is a config of each, at its own path', () => {
    const { pairs } = evaluate([change(path, before, before.replace('8192', '8 * 4096'))]);
    expect(
      pairs.map((pair) => [pair.path, pair.base?.run.training.microBatchSize, pair.head?.run.training.microBatchSize]),
    ).toEqual(
      expect.arrayContaining([
        [`${path}::small`, 1, 1],
        [`${path}::large`, 2, 8],
      ]),
    );
  });

  test('points with what it finds at the line in the file', () => {
    const { findings } = evaluate([change(path, null, before)]);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ place }) => place.path))).toEqual(new Set([path]));
  });

  test('that gains a recipe adds a config', () => {
    const { pairs } = evaluate([change(path, recipe('small', '4096'), before)]);
    const large = pairs.find((pair) => pair.path === `${path}::large`);
    expect(pairs).toHaveLength(2);
    expect(large?.base).toBeNull();
    expect(large?.head?.run.name).toBe('large');
  });
});
