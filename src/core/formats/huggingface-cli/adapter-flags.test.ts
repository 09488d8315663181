import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';
import { resolveRun } from '../../resolve/resolve-run.ts';
import { estimateRun } from '../../estimate/estimate-run.ts';

const training = '--model_name_or_path meta-llama/Llama-2-7b-hf --per_device_train_batch_size 1 --learning_rate 1e-5';

function methodOf(flags: string, program = 'train.py') {
  const { run, problems } = readRun('run.sh', `torchrun ${program} ${training} \\\n  ${flags}\n`, new Map());
  expect(problems).toEqual([]);
  const facts = run!.facts;
  return { ...facts['training.method']!, rank: facts['training.lora.rank']?.value, bits: bitsOf(facts) };
}

function bitsOf(facts: NonNullable<ReturnType<typeof readRun>['run']>['facts']) {
  return facts['training.quantization.bits']?.value;
}

test.each([
  ['--use_peft --lora_r 32', 'lora', 32, undefined],
  ['--use_lora True', 'lora', 16, undefined],
  ['--lora true --lora_rank 4', 'lora', 4, undefined],
  ['--finetuning_type lora --lora_rank 8', 'lora', 8, undefined],
  ['--peft_type LORA', 'lora', 16, undefined],
  ['--tuner_type qlora --bits 4', 'qlora', 16, 4],
  ['--tuning_type lora', 'lora', 16, undefined],
  ['--train_type lora', 'lora', 16, undefined],
  ['--use_peft_lora True --use_4bit_quantization True', 'qlora', 16, 4],
  ['--quantization_bit 8 --use_lora True', 'qlora', 16, 8],
  ['--q_lora True --lora_r 64', 'qlora', 64, 4],
  ['--use_llm_lora 128 --freeze_llm True', 'lora', 128, undefined],
  ['--finetuning_type full', 'full', undefined, undefined],
  ['--use_lora False --lora_r 64', 'full', undefined, undefined],
  ['--full_finetune True --bits 16', 'full', undefined, undefined],
])('%s is %s', (flags, method, rank, bits) => {
  expect(methodOf(flags)).toMatchObject({ value: method, authority: 'config', place: { line: 2 }, rank, bits });
});

test.each([
  ['--lora_r 64 --lora_alpha 16', 'train.py', 'lora', '--lora_r'],
  ['--bits 4 --lora_r 64', 'qlora.py', 'qlora', '--lora_r'],
  ['--load_in_8bit True', 'train.py', 'qlora', 'quantized'],
  ['', 'fastchat/train/train_lora.py', 'lora', 'train_lora.py'],
])('%s of %s is taken for %s, which is listed as an assumption', (flags, program, method, why) => {
  const found = methodOf(flags, program);
  expect(found).toMatchObject({ value: method, reason: expect.stringContaining(why) as unknown });
});

test.each([
  '--finetuning_type ptuning',
  '--freeze_layers 20',
  '--use_adalora True',
  '--prefix_tuning True',
  '--gptq True',
  '--peft_method bottleneck',
])('%s is not understood: the method is unknown, never full, and so is the memory', (flags) => {
  const { run } = readRun('run.sh', `torchrun train.py ${training} \\\n  ${flags}\n`, new Map());
  const method = run!.facts['training.method'];
  expect(method).toMatchObject({ value: 'unknown', place: { line: 2 } });
  const resolved = resolveRun(run!, {}, null).run;
  const estimate = estimateRun(resolved, { plan: null, list: null, planUsdPerMillionTokens: null });
  expect(estimate).toMatchObject({ memory: null, parameters: { total: 6738415616, trainable: null } });
  expect(estimate.unknown[0]).toMatchObject({
    field: 'memory',
    reason: expect.stringContaining(flags.split(' ')[0]!) as unknown,
  });
  const place = { path: 'policy.yml', line: 1, column: 1 };
  const settled = resolveRun(run!, { 'training.method': { value: 'lora', authority: 'policy', place } }, null).run;
  expect(settled.training.method).toBe('lora');
});

test.each(['--freeze_layers 0', '--peft_path out/adapter', '--use_adalora False', '--lora_target_modules q_proj'])(
  '%s is no sign',
  (flags) => {
    expect(methodOf(flags)).toMatchObject({ value: 'full', authority: 'default' });
  },
);
