import { describe, expect, test } from 'vitest';
import { change, evaluate, large, policyOf } from '../../../test/support/a-pull-request.ts';

describe('policy and plan', () => {
  test('facts that configs never hold come from the policy, by glob, the last match first', () => {
    const bare = large.replace(/hardware:[\s\S]*/, '');
    const evaluation = evaluate([change('configs/large.yaml', bare, bare)], {
      policy: policyOf(`assumptions:
  - files: ["**"]
    hardware: { gpu: A100-80GB, count: 8 }
  - files: ["configs/**"]
    hardware: { count: 16, usd_per_gpu_hour: 1.25 }
`),
    });
    const head = evaluation.pairs[0]?.head;
    expect(head?.run.hardware).toMatchObject({ count: 16, usdPerGpuHour: 1.25 });
    expect(head?.estimate.cost?.usdPerGpuHour).toBe(1.25);
  });

  test('a config cannot set its own price', () => {
    const priced = large.replace('count: 64', 'count: 64\n  usd_per_gpu_hour: 0.01');
    const evaluation = evaluate([change('configs/large.yaml', large, priced)]);
    expect(evaluation.pairs[0]?.problems[0]).toMatchObject({ code: 'unknown-key', key: 'hardware.usd_per_gpu_hour' });
  });

  test('what fits only because the config names a bigger GPU than the plan has waits for approval', () => {
    const head = large.replace('A100-80GB', 'H200').replace('checkpointing: full', 'checkpointing: none');
    const evaluation = evaluate([change('configs/large.yaml', large, head)]);
    expect(evaluation.verdict).toBe('waiting');
    expect(evaluation.findings.find(({ cause }) => cause === 'another GPU than the plan')?.message).toMatch(
      /^The run needs [\d.]+ GiB per GPU: more than the plan's A100-SXM4-80GB has. It states H200/,
    );
  });

  test('the policy may state another GPU than the plan, for some files', () => {
    const text = large.replace(/hardware:[^]*$/, '').replace('checkpointing: full', 'checkpointing: none');
    const files = "policies: [{ files: ['configs/**'], assumptions: { hardware: { gpu: H200, count: 64 } } }]\n";
    const { findings, pairs } = evaluate([change('configs/large.yaml', null, text)], { policy: policyOf(files) });
    expect(pairs[0]?.head?.limit?.source).toMatch(/^the run's GPU, H200.*; the plan's is A100-SXM4-80GB$/);
    expect(findings.map(({ cause }) => cause)).not.toContain('another GPU than the plan');
  });
});
