import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

const llama: Deviation = { model: 'meta-llama/Llama-3.1-8B', gpuCount: 8, training: { sequenceLength: 8192 } };

/** A quantity of the buffers at a moment, the fullest by default; 0 where it is not there. */
function buffer(deviation: Deviation, name: string, at?: 'forward' | 'loss'): number {
  const { items: fullest, timeline } = memoryPart(aDescribedRun(deviation)).value!;
  const items = timeline.find(({ moment }) => moment === at)?.items ?? fullest;
  const quantities = items.find(({ id }) => id === 'buffers')?.quantities ?? [];
  return quantities.find(([quantity]) => quantity === name)?.[1] ?? 0;
}

describe('over four context ranks', () => {
  const split = (parallelism: NonNullable<Deviation['parallelism']>): Deviation => ({ ...llama, parallelism });

  test('a ring holds two blocks of keys and values', () => {
    // 2 blocks · 2 · bf16 · 8 heads of 128 · 8192/4 tokens
    const bytes = 2 * 2 * 2 * (8 * 128) * 2048;
    expect(buffer(split({ context: 4 }), 'keys and values in transit')).toBe(bytes);
  });

  test('Ulysses holds the queries, keys, values and outputs that it exchanges', () => {
    // (queries + output) · bf16 · 4096 and keys and values · bf16 · 1024, each for 2048 tokens
    const bytes = 2 * 2 * 4096 * 2048 + 2 * 2 * 1024 * 2048;
    expect(buffer(split({ context: 4, contextExchange: 'ulysses' }), 'heads in transit')).toBe(bytes);
    expect(buffer(split({ context: 4, contextExchange: 'ulysses' }), 'keys and values in transit')).toBe(0);
  });

  test('one rank exchanges nothing', () => {
    expect(buffer(split({ context: 1, contextExchange: 'ulysses' }), 'heads in transit')).toBe(0);
  });
});

describe("Hugging Face's ZeRO-3 gathers the head or embedding and the layers at work", () => {
  const by = (shardingEngine: 'fsdp' | 'deepspeed'): Deviation => ({
    ...llama,
    training: { ...llama.training, trainer: 'huggingface', precision: 'bf16-mixed' },
    parallelism: { sharding: 'zero3', shardingEngine },
  });
  const head = 128_256 * 4096;

  test('DeepSpeed 1e9 elements, which it uses again soon, or as many as may live; the head at least', () => {
    const atMost = (maxLiveParameters: number): Deviation => {
      const run = by('deepspeed');
      return { ...run, parallelism: { ...run.parallelism, maxLiveParameters } };
    };
    expect(buffer(by('deepspeed'), 'gathered weights')).toBe(2 * 1e9);
    expect(buffer(atMost(6e8), 'gathered weights')).toBe(2 * 6e8);
    expect(buffer(atMost(1e6), 'gathered weights')).toBe(2 * head);
  });

  test('FSDP 1 embedding, head and norm, since the layers have been given back', () => {
    const first = { ...by('fsdp'), parallelism: { ...by('fsdp').parallelism, fsdpVersion: 1 } } as const;
    expect(buffer(first, 'gathered weights')).toBe(2 * (2 * head + 4096));
  });

  test('FSDP 2 at the loss the head alone, twice while it is copied out of what was gathered', () => {
    expect(buffer(by('fsdp'), 'gathered weights', 'forward')).toBe(2 * 2 * head);
    expect(buffer(by('fsdp'), 'gathered weights', 'loss')).toBe(2 * head);
  });

  test('which of them is an assumption where nothing says it', () => {
    const open = (shardingEngine: 'deepspeed' | null) =>
      memoryPart(aDescribedRun({ ...by('fsdp'), parallelism: { sharding: 'zero3', shardingEngine } })).assumptions;
    const engine = { field: 'parallelism.sharding_engine', value: 'fsdp' };
    expect(open(null)).toContainEqual(expect.objectContaining(engine));
    expect(open('deepspeed').map(({ field }) => field)).not.toContain(engine.field);
  });
});
