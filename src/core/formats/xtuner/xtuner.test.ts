import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const config = `from torch.optim import AdamW
pretrained_model_name_or_path = 'internlm/internlm2-7b'
max_length = int(2048 - (336 / 14)**2)
sequence_parallel_size = 2
batch_size = 1  # per_device
accumulative_counts = 16
accumulative_counts *= sequence_parallel_size
max_epochs = 3
optim_type = AdamW
save_steps = 500

model = dict(
    type=SupervisedFinetune,
    llm=dict(
        torch_dtype=torch.float16,
        quantization_config=dict(type=BitsAndBytesConfig, load_in_4bit=True, load_in_8bit=False)),
    lora=dict(type=LoraConfig, r=64))
train_dataloader = dict(batch_size=batch_size)
optim_wrapper = dict(type=AmpOptimWrapper, optimizer=dict(type=optim_type), dtype='float16')
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.py', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a config states its literal assignments', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'xtuner',
    'model.id': 'internlm/internlm2-7b',
    'training.sequence_length': 1472,
    'training.micro_batch_size': 1,
    'training.gradient_accumulation_steps': 32,
    'training.epochs': 3,
    'training.checkpoint_every': 500,
    'training.optimizer': 'adamw',
    'training.precision': 'fp16-mixed',
    'training.activation_checkpointing': 'full',
    'training.method': 'qlora',
    'training.lora.rank': 64,
    'training.quantization.bits': 4,
    'parallelism.context': 2,
  });
  const { run } = readRun('run.py', config, new Map());
  expect(run?.facts['training.lora.rank']?.place).toMatchObject({ line: 17 });
});

test('what only running it would tell is not stated', () => {
  const values = valuesOf(
    config.replace('batch_size = 1', 'batch_size = pick(8)').replace('= 16', '= 16 if big else 8'),
  );
  expect(values).not.toHaveProperty(['training.micro_batch_size']);
  expect(values).not.toHaveProperty(['training.gradient_accumulation_steps']);
});

test('a branch makes a value uncertain', () => {
  expect(valuesOf(`${config}if big:\n    save_steps = 5\n`)).not.toHaveProperty(['training.checkpoint_every']);
});

test('wrong values are problems on their lines', () => {
  const text = config.replace('batch_size = 1', "batch_size = 'one'").replace('r=64', 'r=-1');
  const { run, problems } = readRun('run.py', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['batch_size', 5],
    ['model.lora.r', 17],
  ]);
});

test('frozen parts of a model that reads images are stated', () => {
  const frozen = config.replace(
    'type=SupervisedFinetune,',
    'type=LLaVAModel, freeze_llm=True, freeze_visual_encoder=True,',
  );
  expect(valuesOf(frozen)).toMatchObject({
    'training.freeze_language_model': true,
    'training.freeze_vision_tower': true,
  });
});
