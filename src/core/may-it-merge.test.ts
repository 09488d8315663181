import { describe, expect, test } from 'vitest';
import { change, evaluate, policyOf, referencePlan } from '../../test/support/a-pull-request.ts';
import { sampleConfig } from '../../test/support/sample-repository.ts';
import type { CheckInput } from './check.ts';

const planFiles = [referencePlan];

const medium = sampleConfig('medium.yaml');

interface PullRequest extends Partial<CheckInput> {
  readonly path?: string;
  readonly base?: string | null;
  readonly head: string;
}

/** The verdict on one changed config, and what decides it: blocking findings, and the rest by rule and level. */
function merge({ path = 'configs/run.yaml', base = null, head, ...rest }: PullRequest) {
  const { verdict, findings } = evaluate([change(path, base, head)], { planFiles: [], ...rest });
  return { verdict, says: findings.map(({ level, rule, message }) => `${level} ${rule}: ${message}`) };
}

describe('growth on the reference plan waits, with the reason', () => {
  const edit = (...replacements: readonly (readonly [string, string])[]) => {
    const head = replacements.reduce((text, [from, to]) => text.replace(from, to), medium);
    expect(head).not.toBe(medium);
    return merge({ base: medium, head, planFiles });
  };

  test('twenty times the samples', () => {
    const { verdict, says } = edit(['samples: 50M', 'samples: 1B']);
    expect(verdict).toBe('waiting');
    expect(says[0]).toMatch(
      /^approval plan-deviation: The run takes more than the plan's Medium: .*cost \$101,762 against ~\$2500 \(×41\); samples 1.0B against 50M \(×20\)/,
    );
    expect(says[1]).toMatch(
      /^approval scale-jump: The run grows: tokens 102B to 2.05T \(×20\), GPU-hours .*\(×20\), cost .*\(×20\)/,
    );
  });

  test('samples, sequence, batch and precision together', () => {
    const { verdict, says } = edit(
      ['samples: 50M', 'samples: 1B'],
      ['micro_batch_size: 32', 'micro_batch_size: 8'],
      ['sequence_length: 2048', 'sequence_length: 8192'],
      ['precision: bf16-mixed', 'precision: fp32'],
    );
    expect(verdict).toBe('waiting');
    expect(says.join('\n')).toContain(
      'notice plan-deviation: The run differs from what docs/plan.md assumes: micro batch 8 instead of 32, sequence length 8,192 instead of 2,048, precision fp32 instead of bf16',
    );
  });

  test('twice the GPUs', () => {
    const { verdict, says } = edit(['count: 32', 'count: 64']);
    expect(verdict).toBe('waiting');
    expect(says[0]).toContain('GPUs 32 to 64 (×2)');
  });

  test.each([
    ['checkpoint_every: 10%', 'checkpoint_every: 50%', 'warning checkpoint-interval: 50% of the training'],
    ['log: [loss, grad_norm, memory]', 'log: [loss]', 'warning monitoring: The run does not log grad_norm, memory.'],
    ['hours: 1000', 'hours: 300', 'warning data-requirement: Medium needs 1,000 hours of data'],
  ])('%s → %s is told and passes', (from, to, told) => {
    const { verdict, says } = edit([from, to]);
    expect(verdict).toBe('pass');
    expect(says.filter((line) => line.startsWith(told))).toHaveLength(1);
  });

  test.each([
    ['name: medium', 'name: middle'],
    ['optimizer: adamw', 'optimizer: adamw # as ever'],
  ])('%s → %s says nothing that was not there before', (from, to) => {
    const { verdict, says } = edit([from, to]);
    expect(verdict).toBe('pass');
    expect(says.filter((line) => !line.includes('So it was before this pull request.'))).toEqual([]);
  });
});

describe('a recipe that says nothing of its GPUs,', () => {
  const recipe = (more: string) => `model_name_or_path: mistralai/Mistral-7B-v0.1
bf16: true
learning_rate: 2.0e-05
gradient_checkpointing: true
max_seq_length: 2048
num_train_epochs: 1
output_dir: out
per_device_train_batch_size: 16
${more}`;
  const path = 'recipes/sft.yaml';

  test('edited in its learning rate passes in silence but for what stood', () => {
    const head = recipe('').replace('2.0e-05', '1.0e-05');
    const { verdict, says } = merge({ path, base: recipe(''), head });
    expect(verdict).toBe('pass');
    expect(says.filter((line) => !line.startsWith('notice'))).toEqual([]);
  });

  test('as a new one is never red, and named the GPUs that hold it', () => {
    const { verdict, says } = merge({ path, head: recipe('') });
    expect(verdict).toBe('pass');
    expect(says.join('\n')).toMatch(/memory-limit: .*since none is named.* (The smallest GPUs that hold it|No GPU)/);
  });

  const policy = policyOf("assumptions: [{ files: ['**'], hardware: { gpu: H100-80GB, count: 8 } }]\n");

  test('over because nobody says how it is sharded is warned, with the line that settles it', () => {
    const { verdict, says } = merge({ path, head: recipe(''), policy });
    expect(verdict).toBe('pass');
    expect(says[0]).toMatch(/^warning memory-limit: .*if each GPU holds the whole model \(assumed\), .* with ZeRO-3/);
  });

  test('over as it is stated fails', () => {
    const stated = policyOf(
      "assumptions: [{ files: ['**'], hardware: { gpu: H100-80GB, count: 8 }, parallelism: { sharding: ddp }, training: { packing: true, fused_loss: false } }]\n",
    );
    const { verdict, says } = merge({ path, head: recipe(''), policy: stated });
    expect(verdict).toBe('fail');
    expect(says[0]).toMatch(/^error memory-limit: /);
  });

  test('over at the base as well fails nobody who edits something else', () => {
    const stated = policyOf(
      "assumptions: [{ files: ['**'], hardware: { gpu: L4, count: 8 }, parallelism: { sharding: ddp }, training: { packing: true } }]\n",
    );
    const head = recipe('').replace('2.0e-05', '1.0e-05');
    expect(merge({ path, base: recipe(''), head, policy: stated }).verdict).toBe('pass');
    const worse = recipe('').replace('batch_size: 16', 'batch_size: 32');
    expect(merge({ path, base: recipe(''), head: worse, policy: stated }).verdict).toBe('fail');
  });
});

describe('an unknown model', () => {
  const recipe = (model: string, more = '') =>
    `model_name_or_path: ${model}\nbf16: true\nlearning_rate: 1e-5\nper_device_train_batch_size: 2\nmax_seq_length: 1024\nnum_train_epochs: 1\noutput_dir: out\n${more}`;
  const path = 'recipes/sft.yaml';
  const policy = policyOf("assumptions: [{ files: ['**'], hardware: { gpu: H100-80GB, count: 8 } }]\n");

  test('is one notice without a policy, and waits with one', () => {
    const head = recipe('acme/titan-x');
    expect(merge({ path, head })).toMatchObject({ verdict: 'pass' });
    const { verdict, says } = merge({ path, head, policy });
    expect(verdict).toBe('waiting');
    expect(says.filter((line) => line.includes('unknown'))).toHaveLength(1);
    expect(says[0]).toMatch(/^approval unknown: .*the catalog does not know the model acme\/titan-x/);
  });

  test('that was unknown before blocks no other edit', () => {
    const edited = merge({ path, base: recipe('acme/titan-x'), head: recipe('acme/titan-x', 'seed: 3\n'), policy });
    expect(edited.verdict).toBe('pass');
  });

  test('trained thirty times as long waits for that', () => {
    const longer = recipe('acme/titan-x').replace('epochs: 1', 'epochs: 30');
    const { verdict, says } = merge({ path, base: recipe('acme/titan-x'), head: longer, policy });
    expect(verdict).toBe('waiting');
    expect(says[0]).toBe('approval scale-jump: The run grows: tokens ×30.');
  });
});

describe('a mistake in a config', () => {
  const broken = medium.replace('num_attention_heads: 20', 'num_attention_heads: 21');

  test('fails once, and names the rules that it leaves without figures', () => {
    const { verdict, says } = merge({ base: medium, head: broken, planFiles });
    expect(verdict).toBe('fail');
    expect(says.filter((line) => /^(error|approval)/.test(line))).toEqual([
      'error unreadable-config: model.num_attention_heads: 21 heads do not divide the hidden size of 1280.',
    ]);
  });

  test('that stood at the base fails nobody who edits something else', () => {
    const { verdict } = merge({ base: broken, head: broken.replace('name: medium', 'name: middle'), planFiles });
    expect(verdict).toBe('pass');
  });
});

test('the config.json of a model is a model: its parameters are judged, and no memory is made up', () => {
  const config = (layers: number) =>
    JSON.stringify({
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      hidden_size: 8192,
      num_hidden_layers: layers,
      num_attention_heads: 64,
      num_key_value_heads: 8,
      intermediate_size: 28672,
      vocab_size: 128256,
      max_position_embeddings: 131072,
    });
  const path = 'tests/data/config.json';
  expect(merge({ path, head: config(80) })).toEqual({ verdict: 'pass', says: [] });
  const grown = merge({ path, base: config(20), head: config(80) });
  expect(grown.verdict).toBe('waiting');
  expect(grown.says).toEqual(['approval scale-jump: The run grows: parameters 19.2B to 70.6B (×3.7).']);
});

test('a training that no estimate counts is a notice', () => {
  const clip = JSON.stringify({ embed_dim: 512, vision_cfg: { layers: 12 }, text_cfg: { context_length: 77 } });
  const { verdict, says } = merge({ path: 'clip.json', head: clip, policy: policyOf('') });
  expect(verdict).toBe('pass');
  expect(says.every((line) => line.startsWith('notice'))).toBe(true);
});

describe("the plan's baseline", () => {
  test('is the model of a config that names none, and is judged as one', () => {
    const head = 'scalegate: 1\nmodel: { vocab_size: 8000, tie_word_embeddings: true }\nhardware: { count: 1 }\n';
    const { verdict, says } = merge({ head, planFiles });
    expect(verdict).toBe('waiting');
    expect(says.join('\n')).toContain('A new run of 23M parameters (Small)');
    expect(says.join('\n')).not.toContain("can't be known");
  });

  test('is what a config at the smallest scale is held to', () => {
    const head = 'scalegate: 1\nmodel: { hidden_size: 256, num_layers: 8, num_attention_heads: 8, vocab_size: 4000 }\n';
    const { verdict, says } = merge({ head, planFiles });
    expect(verdict).toBe('pass');
    expect(says.join('\n')).toContain('hidden size 256 instead of 512, layers 8 instead of 6');
  });
});

describe('experts over which bitsandbytes may pass', () => {
  const policy = policyOf('assumptions: [{ files: ["**"], hardware: { gpu: A100-80GB, count: 1 } }]\n');
  const head = `base_model: mistralai/Mixtral-8x7B-v0.1
load_in_4bit: true
adapter: qlora
lora_r: 16
lora_target_modules: [q_proj, v_proj]
sequence_len: 2048
sample_packing: true
micro_batch_size: 1
gradient_checkpointing: true
bf16: true
datasets: [{ path: data.jsonl, type: alpaca }]
`;

  test('decide, and by the version of transformers that nobody states: a warning that names it', () => {
    const { verdict, says } = merge({ path: 'qlora.yml', head, policy });
    expect(verdict).not.toBe('fail');
    expect(says.join('\n')).toMatch(/^warning memory-limit: .*under transformers 4/m);
  });

  test('are packed in a checkpoint that was quantized before', () => {
    const packed = head.replace('Mixtral-8x7B-v0.1\nload_in_4bit: true', 'Mixtral-8x7B-v0.1-AWQ');
    const { verdict, says } = merge({ path: 'qlora.yml', head: packed, policy });
    expect(verdict).not.toBe('fail');
    expect(says.join('\n')).not.toContain('memory-limit');
  });
});
