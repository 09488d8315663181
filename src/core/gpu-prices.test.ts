import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { OpenedFiles } from './reading/opened-files.ts';

const path = 'run.yaml';

/** What an hour costs, and who says so, for a run on a GPU under a policy and a plan. */
function priceOf(gpu: string, policy: string, plan: string | null = null) {
  const text = `
scalegate: 1
model: { hidden_size: 512, num_layers: 4, num_attention_heads: 8, vocab_size: 32000 }
training: { sequence_length: 1024, micro_batch_size: 8, tokens: 1B }
hardware: { ${gpu === '' ? '' : `gpu: ${gpu}, `}count: 8 }
`;
  const files = new OpenedFiles([[path, { text }]]);
  const evaluation = check({
    changes: [{ path, previousPath: null, status: 'modified' }],
    sides: { base: files, head: files },
    policy: { path: 'p.yml', content: { text: `scalegate_policy: 1\n${policy}` } },
    planFiles: plan === null ? [] : [{ path: 'plan.md', content: { text: plan } }],
    changedGuards: [],
  });
  expect(evaluation.problems).toEqual([]);
  const cost = evaluation.pairs[0]?.head?.estimate.cost;
  return `${cost?.usdPerGpuHour ?? 'none'}, ${cost?.priceSource ?? ''}`;
}

function planWith(rows: string) {
  return `# Plan\n\n- Hardware: NVIDIA A100 80GB\n\n| Scale | Parameters | Samples | GPU hours | Training cost |\n| --- | --- | --- | --- | --- |\n${rows}`;
}

const agreeing = planWith('| A | 50M | 1M | ~100 | ~$200 |\n| B | 100M | 1M | ~1000 | ~$2100 |\n');

describe('a price book', () => {
  const book = `prices:
  H200: { usd_per_gpu_hour: 3.2, provider: CoreWeave, terms: committed, date: 2026-09 }
  A100-80GB: 1.5
`;

  test.each([
    { gpu: 'A100-SXM4-80GB', says: "1.5, policy's price book, p.yml:4:3" },
    { gpu: 'H200', says: "3.2, policy's price book: committed, CoreWeave, 2026-09, p.yml:3:3" },
  ])('prices $gpu by any of its names, before the plan', ({ gpu, says }) => {
    expect(priceOf(gpu, book, agreeing)).toBe(says);
  });

  test('prices no other GPU', () => {
    expect(priceOf('H100-SXM', book, agreeing)).toContain('list price');
  });

  test('gives way to what the policy states for the file', () => {
    const own = "policies: [{ files: ['*'], assumptions: { hardware: { usd_per_gpu_hour: 9 } } }]\n";
    expect(priceOf('H200', book + own)).toBe('9, policy, p.yml:5:55');
  });
});

describe('a price that the policy states beside a GPU', () => {
  const own = "assumptions: [{ files: ['*'], hardware: { gpu: A100-80GB, usd_per_gpu_hour: 1.25 } }]\n";

  test('is the price of that GPU alone', () => {
    expect(priceOf('', own)).toContain('1.25, policy');
    expect(priceOf('A100-SXM4-80GB', own)).toContain('1.25, policy');
    expect(priceOf('H100-SXM', own)).toContain('list price');
  });
});

describe("cost over hours of the plan's rows", () => {
  test('is a price where all rows agree, of the GPU that they are for', () => {
    expect(priceOf('A100-80GB', '', agreeing)).toBe('2.1, plan.md: cost / GPU-hours of A, B');
    expect(priceOf('H100-SXM', '', agreeing)).toContain('list price');
  });

  test('is none where they differ', () => {
    const differing = planWith('| A | 50M | 1M | ~100 | ~$200 |\n| B | 100M | 1M | ~1000 | ~$5000 |\n');
    expect(priceOf('A100-80GB', '', differing)).toContain('list price');
  });

  test('says nothing in a row whose hours are impossible', () => {
    const impossible = planWith('| A | 50M | 1M | ~100 | ~$200 |\n| B | 100B | 1B | ~10 | ~$5000 |\n');
    const sequences = impossible.replace('80GB\n', '80GB\n- Sequence length: 2048\n');
    expect(priceOf('A100-80GB', '', sequences)).toBe('2, plan.md: cost / GPU-hours of A');
  });
});
