import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const base = 'base_model: org/name\nmicro_batch_size: 2\n';

test.each([
  ['sequence_len: 4096', 'training.sequence_length', 4096],
  ['datasets: []', 'training.sequence_length', 512],
  ['gradient_accumulation_steps: 8', 'training.gradient_accumulation_steps', 8],
  ['batch_size: 8', 'training.gradient_accumulation_steps', 4],
  ['batch_size: 8\ngradient_accumulation_steps: 3', 'training.gradient_accumulation_steps', 3],
  ['max_steps: 1_000', 'training.steps', 1000],
  ['max_steps: -1\nnum_epochs: 2', 'training.epochs', 2],
  ['bf16: auto', 'training.precision', 'bf16'],
  ['bf16: yes', 'training.precision', 'bf16'],
  ['bf16: false\nfp16: true', 'training.precision', 'fp16'],
  ['bf16: true\nfp8: true', 'training.precision', 'fp8-mixed'],
  ['bf16: no', 'training.precision', 'fp32'],
  ['optimizer: adamw_torch_4bit', 'training.optimizer', 'adamw-4bit'],
  ['optimizer: muon', 'training.optimizer', 'muon'],
  ['gradient_checkpointing: offload', 'training.activation_checkpointing', 'full'],
  ['gradient_checkpointing: offload', 'training.activation_offload', true],
  ['activation_offloading: legacy', 'training.activation_offload', true],
  ['fsdp_config: { fsdp_activation_checkpointing: true }', 'training.activation_checkpointing', 'full'],
  ['attn_implementation: eager', 'training.flash_attention', false],
  ['flash_attention: true', 'training.flash_attention', true],
  ['liger_fused_linear_cross_entropy: true', 'training.fused_loss', true],
  ['plugins: [axolotl.integrations.cut_cross_entropy.CutCrossEntropyPlugin]', 'training.fused_loss', true],
  ['adapter: lora\nlora_target_linear: true', 'training.lora.target_modules', ['all-linear']],
  ['adapter: lora\nlora_target_modules: "(q|v)_proj"', 'training.lora.target_modules', ['(q|v)_proj']],
  ['adapter: lora\nload_in_8bit: true', 'training.quantization.bits', 8],
  ['adapter: qlora\nload_in_4bit: true', 'training.method', 'qlora'],
  ['adapter: lora\npeft_use_dora: true', 'training.lora.dora', true],
  ['adapter: lora\nlora_modules_to_save: [lm_head]', 'training.lora.trained_modules', ['lm_head']],
  ['sample_packing: true', 'training.packing', true],
  ['rl: dpo', 'training.reference_model', true],
  ['rl: dpo', 'training.paired_samples', true],
  ['rl: dpo\nadapter: lora', 'training.reference_model', undefined],
  ['adapter:\nlora_r: 8', 'training.method', 'full'],
  ['fsdp: [full_shard, auto_wrap]', 'parallelism.sharding', 'zero3'],
  ['fsdp: [full_shard, auto_wrap]', 'parallelism.sharding_engine', 'fsdp'],
  ['deepspeed: ds.json', 'parallelism.sharding_engine', 'deepspeed'],
  ['fsdp: [full_shard]\nfsdp_config: { fsdp_sharding_strategy: SHARD_GRAD_OP }', 'parallelism.sharding', 'zero2'],
  ['fsdp_version: 2\nfsdp_config: { offload_params: true }', 'parallelism.cpu_offload', 'parameters'],
  ['fsdp_version: 2\nfsdp_config: { reshard_after_forward: false }', 'parallelism.reshard_after_forward', false],
  ['tensor_parallel_size: 4', 'parallelism.tensor', 4],
  ['context_parallel_size: 2', 'parallelism.context', 2],
  ['dp_shard_size: 4\ndp_replicate_size: 2\ntensor_parallel_size: 2', 'hardware.count', 16],
  ['dp_shard_size: 4\ndp_replicate_size: 2', 'parallelism.sharding', 'hsdp'],
  ['saves_per_epoch: 2\nnum_epochs: 5', 'training.checkpoint_every', '10%'],
  ['save_steps: 50', 'training.checkpoint_every', 50],
  ['wandb_project: mine', 'training.log', ['loss', 'grad_norm', 'memory']],
])('%j states %s as %j', (lines, field, value) => {
  expect(valueOf(lines, field)).toEqual(value);
});

test('a dataset file without a model is no config', () => {
  expect(readRun('a.yaml', 'datasets: []\nsequence_len: 1\n', new Map()).format).toBeNull();
});

test('the DeepSpeed file that it names is read with its own places, weaker than the config', () => {
  const text = `${base}gradient_accumulation_steps: 4\ndeepspeed: ds/zero2.json\n`;
  expect(referencesOf('a.yaml', text)).toContain('ds/zero2.json');
  const file = '{ "zero_optimization": { "stage": 3 }, "gradient_accumulation_steps": 8 }';
  const { run } = readRun('a.yaml', text, new Map([['ds/zero2.json', file]]));
  expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero3', place: { path: 'ds/zero2.json' } });
  expect(run?.facts['training.gradient_accumulation_steps']).toMatchObject({
    value: 4,
    place: { path: 'a.yaml' },
    replaces: { value: 8, place: { path: 'ds/zero2.json' } },
  });
});

test('the name of a DeepSpeed file that is not there tells the stage, as an assumption', () => {
  const { run } = readRun('a.yaml', `${base}deepspeed: deepspeed_configs/zero3_bf16.json\n`, new Map());
  expect(run?.facts['parallelism.sharding']).toEqual({ value: 'zero3', authority: 'default', place: null });
});

test('wrong values are problems, all at once', () => {
  const { run, problems } = readRun(
    'a.yaml',
    'base_model: a/b\nmicro_batch_size: two\noptimizer: rocket\nlora_r: -4\nsequence_len: 1e30\n',
    new Map(),
  );
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['micro_batch_size', 2],
    ['lora_r', 4],
    ['sequence_len', 5],
  ]);
});

function valueOf(lines: string, field: string): unknown {
  const { run, problems } = readRun('a.yaml', `${base}${lines}\n`, new Map());
  expect(problems).toEqual([]);
  return (run!.facts as Record<string, { value: unknown }>)[field]?.value;
}

test.each([
  ['gradient_checkpointing: unsloth', 'training.activation_checkpointing', 'full', 'config'],
  ['gradient_checkpointing: sometimes', 'training.activation_checkpointing', 'unknown', 'default'],
  ['optimizer: rocket', 'training.optimizer', 'unknown', 'default'],
  ['adapter: llama-adapter', 'training.method', 'unknown', 'default'],
  ['unfrozen_parameters: [lm_head]', 'training.method', 'unknown', 'default'],
])('%s is no reason to read nothing', (line, field, value, authority) => {
  const { run, problems } = readRun(
    'run.yaml',
    `base_model: a/b\nmicro_batch_size: 1\nsequence_len: 64\n${line}\n`,
    new Map(),
  );
  expect(problems).toEqual([]);
  expect(run?.facts[field as 'training.optimizer']).toMatchObject({ value, authority, place: { line: 4 } });
});

test.each([
  ['galore_adamw_8bit', 'galore-8bit'],
  ['galore_adafactor', 'galore-adafactor'],
  ['ademamix_8bit', 'ademamix-8bit'],
  ['paged_ademamix_8bit', 'paged-ademamix-8bit'],
  ['rmsprop', 'rmsprop'],
  ['rmsprop_bnb_8bit', 'rmsprop-8bit'],
  ['grokadamw', 'grokadamw'],
  ['stable_adamw', 'adamw'],
  ['adamw_anyprecision', 'adamw'],
  ['dion', 'dion'],
  ['came_pytorch', 'came'],
  ['optimi_adamw', 'adamw'],
  ['ao_adamw_fp8', 'adamw-fp8'],
  ['adopt_adamw', 'adamw'],
  ['q_galore_adamw8bit', 'galore-8bit'],
  ['sinkgd', 'sinkgd'],
])('optimizer %s is %s', (name, optimizer) => {
  const { run } = readRun(
    'run.yaml',
    `base_model: a/b\nmicro_batch_size: 1\nsequence_len: 64\noptimizer: ${name}\n`,
    new Map(),
  );
  expect(run?.facts['training.optimizer']?.value).toBe(optimizer);
});
