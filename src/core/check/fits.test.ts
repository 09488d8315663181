import { describe, expect, test } from 'vitest';
import { change, evaluate, large, xl } from '../../../test/support/a-pull-request.ts';

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
});
