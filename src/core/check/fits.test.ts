import { describe, expect, test } from 'vitest';
import { change, evaluate, large, policyOf, xl } from '../../../test/support/a-pull-request.ts';

describe('what would make it fit', () => {
  const tooBig = xl.replace('activation_checkpointing: full', 'activation_checkpointing: none');

  test('is looked for where the memory fails, and only there', () => {
    const failing = evaluate([change('configs/xl.yaml', xl, tooBig), change('configs/large.yaml', large, large)]);
    expect(failing.fits.map(({ path }) => path)).toEqual(['configs/xl.yaml']);
    expect(failing.fits[0]!.fits.length).toBeGreaterThan(0);
    expect(evaluate([change('configs/large.yaml', large, large)]).fits).toEqual([]);
  });

  test('is looked for in three configs, however many fail', () => {
    const changes = ['a', 'b', 'c', 'd', 'e'].map((name) => change(`configs/${name}.yaml`, null, tooBig));
    expect(evaluate(changes).fits).toHaveLength(3);
  });

  test('may be an engine file of the repository that is opened', () => {
    const recipe =
      'model_name_or_path: meta-llama/Llama-3.1-8B\nper_device_train_batch_size: 1\nmax_length: 2048\nbf16: true\nmax_steps: 100\ngradient_checkpointing: true\nuse_liger_kernel: true\ndeepspeed: configs/ds_zero1.json\n';
    const engine = (stage: number) => JSON.stringify({ zero_optimization: { stage }, bf16: { enabled: true } });
    const policy = policyOf("assumptions:\n  - files: ['**']\n    hardware: { gpu: RTX 5090, count: 8 }\n");
    const { fits } = evaluate(
      [
        change('sft.yaml', null, recipe),
        change('configs/ds_zero1.json', engine(1), engine(1)),
        change('configs/ds_zero3.json', engine(3), engine(3)),
      ],
      { policy },
    );
    const changes = fits.flatMap((answer) => answer.fits.flatMap((fit) => fit.changes.map(({ to }) => to)));
    expect(changes).toContain('configs/ds_zero3.json');
  });
});
