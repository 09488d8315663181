import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function factsOf(own: string): Record<string, unknown> {
  const { run, problems, format } = readRun('cfg.yaml', `llm_backbone: h2oai/h2o-danube2-1.8b-base\n${own}`);
  expect({ problems, format: format?.name }).toEqual({ problems: [], format: 'h2o-llmstudio' });
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test.each([
  [
    "training: { lora: true, lora_r: 4, lora_target_modules: '' }\narchitecture: { backbone_dtype: int4 }",
    { 'training.method': 'qlora', 'training.quantization.bits': 4, 'training.lora.rank': 4 },
  ],
  [
    "training: { lora: true, lora_target_modules: 'q_proj, v_proj' }\narchitecture: { backbone_dtype: bfloat16 }",
    { 'training.method': 'lora', 'training.precision': 'bf16', 'training.lora.target_modules': ['q_proj', 'v_proj'] },
  ],
  [
    'training: { lora: false }\nenvironment: { mixed_precision: true, mixed_precision_dtype: float16 }',
    { 'training.method': 'full', 'training.precision': 'fp16-mixed' },
  ],
  [
    "training: {}\nenvironment: { gpus: ['0', '1'], use_deepspeed: true, deepspeed_method: ZeRO3 }",
    { 'hardware.count': 2, 'parallelism.sharding': 'zero3', 'parallelism.sharding_engine': 'deepspeed' },
  ],
  ["training: {}\nenvironment: { gpus: ['0', '1'], use_deepspeed: false }", { 'parallelism.sharding': 'ddp' }],
  ['training: { lora: false }\nproblem_type: text_dpo_modeling', { 'training.reference_model': true }],
])('%s', (own, expected) => {
  expect(factsOf(own)).toMatchObject(expected);
});
