import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateConfig } from '../estimate-config.ts';
import { readGuards } from '../guards.ts';
import { OpenedFiles } from '../reading/opened-files.ts';
import type { Facts } from '../run/facts.ts';
import type { SourceFile } from '../source-file.ts';
import { findFits } from './find-fits.ts';
import type { FitAnswer } from './fit.ts';

const guards = readGuards(null);
const xl = readFileSync('examples/configs/xl.yaml', 'utf8');
const tooBig = xl.replace('activation_checkpointing: full', 'activation_checkpointing: none');

function fitsOf(text: string, path = 'xl.yaml', gpu: string | null = null, most = 5): FitAnswer {
  const given: Facts = gpu === null ? {} : { 'hardware.gpu': { value: gpu, authority: 'command-line', place: null } };
  return findFits({ path, files: new OpenedFiles([[path, { text }]]), guards: { ...guards, given }, most })!;
}

function estimated(text: string, path = 'xl.yaml', referenced: SourceFile[] = []) {
  const others = referenced.map((file) => [file.path, file.content] as const);
  return estimateConfig(path, new OpenedFiles([...others, [path, { text }]]), guards).estimated!;
}

/** The fields that a fit changes, without the accumulation that follows. */
function turned({ fits }: Pick<FitAnswer, 'fits'>): string[][] {
  return fits.map(({ changes }) =>
    changes.map(({ field }) => field.split('.').at(-1)!).filter((field) => field !== 'gradient_accumulation_steps'),
  );
}

describe('a config that does not fit', () => {
  test('is told the single changes first, and the lines to write', () => {
    const { fits } = fitsOf(tooBig);
    expect(turned(fitsOf(tooBig))).toContainEqual(['micro_batch_size']);
    expect(turned(fitsOf(tooBig))).toContainEqual(['activation_checkpointing']);
    const smaller = fits.find(({ changes }) => changes[0]!.field === 'training.micro_batch_size')!;
    expect(smaller.lines).toEqual([
      { line: 12, before: '  micro_batch_size: 32', after: '  micro_batch_size: 8' },
      { line: 12, before: null, after: '  gradient_accumulation_steps: 4' },
    ]);
  });

  test('is offered the fewest keys first, then what costs less time, and another training last', () => {
    const { fits } = fitsOf(tooBig);
    const same = fits.filter(({ difference }) => difference === null);
    const sizes = turned({ fits: same }).map((fields) => fields.length);
    expect(sizes).toEqual(sizes.toSorted());
    const single = same.filter(({ uncounted }, at) => sizes[at] === 1 && uncounted.length === 0);
    const ratios = single.map(({ hoursRatio }) => hoursRatio!);
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(fits.slice(same.length).every(({ difference }) => difference !== null)).toBe(true);
  });

  test('is offered adapters, and told that it is another training', () => {
    const recipe = `base_model: meta-llama/Llama-3.1-8B
sequence_len: 2048
micro_batch_size: 1
datasets: []
bf16: true
optimizer: adamw_torch_fused
`;
    const { fits } = fitsOf(recipe, 'sft.yaml', 'RTX 4090');
    const adapters = fits.find(({ difference }) => difference === 'trains LoRA adapters instead of all weights')!;
    expect(adapters.changes[0]).toMatchObject({ from: 'full', to: 'lora' });
    expect(adapters.lines).toContainEqual(expect.objectContaining({ after: 'adapter: lora' }));
  });

  test('gets no change that another one needs not', () => {
    for (const fit of fitsOf(tooBig, 'xl.yaml', null, 10).fits) {
      for (const other of fitsOf(tooBig).fits) {
        if (fit.difference !== null || other.difference !== null) continue;
        if (other === fit || other.changes.length >= fit.changes.length) continue;
        const fields = fit.changes.map(({ field }) => field);
        const isPart = other.changes.every(({ field }) => fields.includes(field));
        expect(isPart && (other.hoursRatio ?? 1) <= (fit.hoursRatio ?? 1)).toBe(false);
      }
    }
  });

  test('hears why where nothing helps', () => {
    const huge = tooBig.replace('hidden_size: 2560', 'hidden_size: 102400').replace('count: 64', 'count: 1');
    expect(fitsOf(huge)).toMatchObject({ fits: [], largestMicroBatch: null, gpus: [] });
    expect(fitsOf(huge).reason).toContain('no setting');
  });

  test('a stated global batch is left alone', () => {
    const stated = tooBig.replace('micro_batch_size: 32', 'micro_batch_size: 32\n  global_batch_size: 2048');
    const [fit] = fitsOf(stated).fits;
    expect(fit!.changes.map(({ field }) => field)).toEqual(['training.micro_batch_size']);
    expect(estimated(fit!.text).run.training.gradientAccumulationSteps).toBe(4);
  });

  test('a micro batch that follows from the others is said, where it would follow otherwise', () => {
    const derived = tooBig.replace('micro_batch_size: 32', 'gradient_accumulation_steps: 1\n  global_batch_size: 2048');
    const { fits } = fitsOf(derived);
    expect(fits.length).toBeGreaterThan(1);
    for (const { text, difference } of fits) {
      if (difference === null) expect(estimated(text).run.training.globalBatchSize).toBe(2048);
    }
  });
});

describe('in the words of the dialect', () => {
  test.each<[string, string]>([
    ['xl.json', JSON.stringify(asJson(), null, 2)],
    ['xl.toml', asToml()],
  ])('%s', (path, text) => {
    const { fits } = fitsOf(text, path);
    expect(fits.length).toBeGreaterThan(1);
    for (const fit of fits) expect(estimated(fit.text, path).estimate.memory!.peakBytes).toBeLessThan(79.3 * 2 ** 30);
  });

  test('a Hugging Face recipe is changed in its own keys, and told nothing that the Trainer cannot do', () => {
    const recipe = `model_name_or_path: meta-llama/Llama-3.1-8B
per_device_train_batch_size: 16
max_length: 4096
bf16: true
optim: adamw_torch
`;
    const policy = `scalegate_policy: 1
assumptions:
  - { files: ["**"], hardware: { gpu: H100-80GB, count: 8 } }
`;
    const assumed = readGuards({ path: 'p.yml', content: { text: policy } });
    const files = new OpenedFiles([['sft.yaml', { text: recipe }]]);
    const { fits } = findFits({ path: 'sft.yaml', files, guards: assumed, most: 5 })!;
    const keys = new Set(fits.flatMap(({ changes }) => changes.map(({ key }) => key)));
    expect(fits.length).toBeGreaterThan(0);
    expect([...keys].filter((key) => key.includes('.'))).toEqual([]);
    expect(fits.flatMap(({ changes }) => changes.map(({ field }) => field))).not.toContain('parallelism.tensor');
    expect(fits[0]!.lines.some(({ after }) => after!.startsWith('fsdp: '))).toBe(true);
  });

  test('a model config has no keys to turn', () => {
    const config = JSON.stringify({
      model_type: 'llama',
      architectures: ['LlamaForCausalLM'],
      hidden_size: 8192,
      num_hidden_layers: 80,
      num_attention_heads: 64,
      intermediate_size: 28672,
      vocab_size: 32000,
      torch_dtype: 'bfloat16',
    });
    expect(fitsOf(config, 'config.json', 'A100-80GB')).toMatchObject({ fits: [] });
    expect(fitsOf(config, 'config.json', 'A100-80GB').reason).toContain('format');
  });
});

describe('the other way around', () => {
  test('the largest micro batch fits, and one more does not', () => {
    const { largestMicroBatch } = fitsOf(tooBig);
    const peakWith = (size: number) =>
      estimated(tooBig.replace('micro_batch_size: 32', `micro_batch_size: ${size}`)).estimate.memory!.peakBytes;
    const { usableBytes } = estimated(tooBig).limit!;
    expect(peakWith(largestMicroBatch!)).toBeLessThanOrEqual(usableBytes);
    expect(peakWith(largestMicroBatch! + 1)).toBeGreaterThan(usableBytes);
  });

  test('GPUs on which it fits as it stands come cheapest first', () => {
    const { gpus } = fitsOf(xl);
    const costs = gpus.map(({ usd }) => usd);
    expect(costs).toEqual(costs.toSorted((a, b) => a! - b!));
    const { peakBytes } = estimated(xl).estimate.memory!;
    expect(gpus.every(({ usableBytes }) => usableBytes >= peakBytes)).toBe(true);
  });

  test('a config that fits needs no change', () => {
    expect(fitsOf(xl)).toMatchObject({ fitsAlready: true, fits: [], reason: null });
  });

  test('a card without bf16 is none for a run in bf16', () => {
    const { gpus } = fitsOf(
      xl.replace('hidden_size: 2560', 'hidden_size: 640').replace('micro_batch_size: 32', 'micro_batch_size: 1'),
    );
    const names = gpus.map(({ name }) => name);
    expect(names).toContain('L4');
    expect(names.filter((name) => /^(?:T4|V100)/.test(name))).toEqual([]);
  });

  test('a GPU that is asked for takes the place of the limit', () => {
    expect(fitsOf(xl, 'xl.yaml', 'A10').fitsAlready).toBe(false);
    expect(fitsOf(tooBig, 'xl.yaml', 'B300').fitsAlready).toBe(true);
  });
});

const runs = fc.record({
  layers: fc.constantFrom(12, 24, 36, 80),
  heads: fc.constantFrom(8, 20, 32, 64),
  micro: fc.integer({ min: 1, max: 128 }),
  sequence: fc.constantFrom(512, 2048, 8192, 32_768),
  count: fc.constantFrom(1, 6, 8, 64, 256),
  trainer: fc.constantFrom('torchtitan', 'megatron-lm', 'deepspeed', 'huggingface', 'own'),
  sharding: fc.constantFrom('ddp', 'zero1', 'zero3'),
  gpu: fc.constantFrom('A100-80GB', 'A10', 'H200'),
});

test('every fit really fits, with the same batch and the same training, when its text is read again', () => {
  fc.assert(
    fc.property(runs, ({ layers, heads, micro, sequence, count, trainer, sharding, gpu }) => {
      const text = `scalegate: 1
model: { num_layers: ${layers}, hidden_size: ${heads * 128}, num_attention_heads: ${heads}, vocab_size: 32000 }
training:
  trainer: ${trainer}
  sequence_length: ${sequence}
  micro_batch_size: ${micro}
  samples: 1M
parallelism:
  sharding: ${sharding}
hardware: { gpu: ${gpu}, count: ${count} }
`;
      const answer = fitsOf(text);
      for (const fit of answer.fits) {
        const again = estimated(fit.text);
        expect(again.estimate.memory!.peakBytes).toBeLessThanOrEqual(again.limit!.usableBytes);
        expect(again.estimate.memory!.peakBytes).toBe(fit.estimated.estimate.memory!.peakBytes);
        if (fit.difference === null) {
          expect(again.run.training.globalBatchSize).toBe(answer.asked.run.training.globalBatchSize);
          expect(again.run.training.tokens).toBe(answer.asked.run.training.tokens);
        }
        expect(fit.lines.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 40 },
  );
});

function asJson(): object {
  return {
    scalegate: 1,
    model: { hidden_size: 2560, num_layers: 36, num_attention_heads: 20, vocab_size: 32000 },
    training: { trainer: 'torchtitan', micro_batch_size: 32, fused_loss: true },
    parallelism: { sharding: 'zero3' },
    hardware: { gpu: 'A100-80GB', count: 64 },
  };
}

function asToml(): string {
  return `scalegate = 1
[model]
hidden_size = 2560
num_layers = 36
num_attention_heads = 20
vocab_size = 32000
[training]
trainer = "torchtitan"
micro_batch_size = 32
fused_loss = true
[parallelism]
sharding = "zero3"
[hardware]
gpu = "A100-80GB"
count = 64
`;
}
