import { expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';

function notReadOf(path: string, text: string): string[] {
  const { run, problems } = readRun(path, text);
  expect(problems).toEqual([]);
  return (run?.notRead ?? []).map(({ key, place }) => `${key}:${place.line}`);
}

const training = '--model_name_or_path meta-llama/Llama-2-7b-hf --per_device_train_batch_size 1 --learning_rate 1e-5';

test('flags that look as if they matter and are not read are listed with their place', () => {
  const text = `torchrun --nproc_per_node 8 --nnodes 2 train.py ${training} \\
  --use_turbo_offload True \\
  --ring_parallel_degree 4 --lr_scheduler_type cosine`;
  expect(notReadOf('run.sh', text)).toEqual(['use_turbo_offload:2', 'ring_parallel_degree:3']);
});

test.each([
  [
    'what is read, under whatever name',
    '--gradient_checkpointing True --use_lora True --lora_rank 8 --bf16 --num_epochs 2',
  ],
  ['a switch that is off', '--use_turbo_offload False --turbo_dtype none'],
  ['a division into one part', '--ring_parallel_size 1'],
  [
    'what is about evaluation, saving or the learning rate',
    '--per_device_eval_batch_size 8 --batch_lr_scale 2 --eval_dtype bf16',
  ],
])('%s is not listed', (_, flags) => {
  expect(notReadOf('run.sh', `torchrun train.py ${training} ${flags}`)).toEqual([]);
});

test('the flags of accelerate launch and those of its program are told apart', () => {
  const text = `accelerate launch --use_fsdp --fsdp_turbo_offload true train.py ${training} --turbo_dtype fp8`;
  expect(notReadOf('run.sh', text)).toEqual(['turbo_dtype:1', 'fsdp_config.fsdp_turbo_offload:1']);
});

test('keys of a config are listed, but for those of a section that is switched off', () => {
  const text = `base_model: meta-llama/Llama-3.1-8B
datasets: [{ path: a, type: alpaca }]
micro_batch_size: 1
sequence_len: 2048
turbo_quantization: { bits: 3 }
turbo_offload: { enabled: false, offload_states: true }
`;
  expect(notReadOf('run.yaml', text)).toEqual(['turbo_quantization.bits:5']);
});

test('the arguments of a program in Python are listed as those of a command are', () => {
  const text = `from trl import SFTConfig, SFTTrainer
trainer = SFTTrainer(model='Qwen/Qwen2.5-7B', args=SFTConfig(per_device_train_batch_size=2, turbo_offload=True))
`;
  expect(notReadOf('train.py', text)).toEqual(['turbo_offload:2']);
});

test('a hostile config lists no more than fifty', () => {
  const keys = Array.from({ length: 500 }, (_, index) => `turbo${index}_offload: true\n`).join('');
  const text = `base_model: meta-llama/Llama-3.1-8B\nmicro_batch_size: 1\nsequence_len: 2048\n${keys}`;
  expect(notReadOf('run.yaml', text)).toHaveLength(50);
});
