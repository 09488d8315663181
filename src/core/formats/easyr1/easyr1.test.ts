import { expect, test } from 'vitest';
import { runOf } from '../../reading/read-run.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';
import { openFile } from '../../reading/open-file.ts';

const config = `data: { max_prompt_length: 1024, max_response_length: 2048, rollout_batch_size: 512 }
algorithm: { disable_kl: false }
worker:
  actor:
    micro_batch_size_per_device_for_update: 4
    ulysses_size: 2
    model: { model_path: Qwen/Qwen2.5-7B-Instruct, enable_gradient_checkpointing: true, lora: { rank: 0 } }
    optim: { strategy: adamw }
    fsdp: { enable_full_shard: true, enable_cpu_offload: false }
  ref: { fsdp: { enable_cpu_offload: false } }
trainer: { total_epochs: 15, nnodes: 2, n_gpus_per_node: 8 }
`;

function factsOf(command: string): Record<string, unknown> {
  const files = new OpenedFiles([
    ['examples/config.yaml', { text: config }],
    ['run.sh', { text: `python3 -m verl.trainer.main config=examples/config.yaml ${command}\n` }],
  ]);
  const [launch] = openFile('run.sh', files)!.launched;
  const { run, problems, format } = runOf(launch!.path, files);
  expect({ problems, format: format?.name }).toEqual({ problems: [], format: 'easyr1' });
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a command and the config that it names are one run', () => {
  expect(factsOf('')).toMatchObject({
    'model.id': 'Qwen/Qwen2.5-7B-Instruct',
    'training.sequence_length': 3072,
    'training.micro_batch_size': 4,
    'training.global_batch_size': 512,
    'training.epochs': 15,
    'training.method': 'full',
    'training.rollouts': true,
    'training.reference_model': true,
    'parallelism.sharding': 'zero3',
    'parallelism.context': 2,
    'hardware.count': 16,
  });
});

test.each([
  ['worker.actor.model.model_path=Qwen/Qwen2.5-VL-7B-Instruct trainer.nnodes=1', { 'hardware.count': 8 }],
  ['worker.actor.model.lora.rank=64', { 'training.method': 'lora', 'training.lora.rank': 64 }],
  ['worker.actor.optim.strategy=adamw_bf16', { 'training.precision': 'bf16' }],
  ['trainer.max_steps=100', { 'training.steps': 100 }],
])('%s replaces what the config says', (command, expected) => {
  expect(factsOf(command)).toMatchObject(expected);
});

test.each(['algorithm.disable_kl=true', 'worker.ref.fsdp.enable_cpu_offload=true', 'worker.actor.model.lora.rank=8'])(
  '%s leaves no reference model on the GPU',
  (command) => {
    expect(factsOf(command)).not.toHaveProperty(['training.reference_model']);
  },
);
