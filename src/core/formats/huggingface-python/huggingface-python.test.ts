import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const trl = `MODEL = "meta-llama/Llama-3.1-8B"

def main():
    bnb = BitsAndBytesConfig(load_in_4bit=True)
    model = AutoModelForCausalLM.from_pretrained(MODEL, quantization_config=bnb, torch_dtype=torch.bfloat16)
    args = SFTConfig(
        per_device_train_batch_size=4,
        max_length=4096,
        bf16=True,
        optim="adamw_torch",
    )
    trainer = SFTTrainer(model=model, args=args, peft_config=LoraConfig(r=32, target_modules=["q_proj"]))
    trainer.train()

if __name__ == "__main__":
    main()
`;

const unsloth = `max_seq_length = 2048
model, tokenizer = FastLanguageModel.from_pretrained(
    model_name = "unsloth/Llama-3.2-3B-Instruct", max_seq_length = max_seq_length, load_in_4bit = True,
)
model = FastLanguageModel.get_peft_model(model, r = 16, use_gradient_checkpointing = "unsloth")
SFTTrainer(
    model = model,
    args = TrainingArguments(per_device_train_batch_size = 2, max_steps = 60, bf16 = is_bf16(), optim = "adamw_8bit"),
).train()
`;

function read(text: string) {
  return readRun('train.py', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { format, run, problems } = read(text);
  expect(problems).toEqual([]);
  expect(format?.name).toBe('huggingface-python');
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a program of trl states its arguments, its model and its adapters', () => {
  expect(valuesOf(trl)).toMatchObject({
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.method': 'qlora',
    'training.lora.rank': 32,
    'training.lora.target_modules': ['q_proj'],
    'training.quantization.bits': 4,
    'training.micro_batch_size': 4,
    'training.sequence_length': 4096,
    'training.precision': 'bf16', // the weights are loaded so
    'training.optimizer': 'adamw',
  });
});

test('one of unsloth as well', () => {
  expect(valuesOf(unsloth)).toMatchObject({
    'model.id': 'unsloth/Llama-3.2-3B-Instruct',
    'training.method': 'qlora',
    'training.lora.rank': 16,
    'training.sequence_length': 2048,
    'training.micro_batch_size': 2,
    'training.steps': 60,
    'training.optimizer': 'adamw-8bit',
    'training.activation_checkpointing': 'full',
  });
});

test('a fact stands where its keyword does', () => {
  expect(read(trl).run!.facts['training.micro_batch_size']?.place).toMatchObject({ line: 7, column: 9 });
  expect(read(trl).run!.facts['training.lora.rank']?.place).toMatchObject({ line: 12 });
});

test('a wrong value is a problem on its line', () => {
  expect(read(trl.replace('max_length=4096', 'max_length="long"')).problems).toMatchObject([
    { key: 'max_length', place: { line: 8 } },
  ]);
});

test('what is worked out is not stated', () => {
  expect(valuesOf(trl.replace('=4,', '=64 // world_size,'))['training.micro_batch_size']).toBe(8);
});

test.each([
  ['a library that passes arguments on', 'def make(**kwargs):\n    return TrainingArguments(**kwargs)\n'],
  ['a program that only generates', 'model = AutoModelForCausalLM.from_pretrained("a/b")\n'],
  ['a mention', '"""TrainingArguments(max_steps=1)"""\n'],
])('%s is none', (_, text) => {
  expect(read(text).format).toBeNull();
});
