import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `LENGTH = 2048
GLOBAL_BATCH_SIZE = 512 * LENGTH

def build_model(common):
    return TransformerConfig.llama3_8B(vocab_size=common.size)

def build_module(common):
    return TransformerTrainModuleConfig(
        rank_microbatch_size=4 * LENGTH,
        max_sequence_length=LENGTH,
        optim=LionConfig(lr=1e-4),
        dp_config=TransformerDataParallelConfig(name=DataParallelType.fsdp, param_dtype=DType.bfloat16),
        ac_config=TransformerActivationCheckpointingConfig(mode=TransformerActivationCheckpointingMode.full),
        tp_config=TransformerTensorParallelConfig(degree=4),
        compile_model=True,
    )

def build_trainer(common):
    return (
        TrainerConfig(max_duration=Duration.tokens(int(1e12)))
        .with_callback("checkpointer", CheckpointerCallback(save_interval=1000))
    )
`;

function valuesOf(text: string): Record<string, unknown> {
  const { format, run, problems } = readRun('scripts/train.py', text, new Map());
  expect(problems).toEqual([]);
  expect(format?.name).toBe('olmo-core');
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states what it calls the configs with', () => {
  expect(valuesOf(script)).toEqual({
    'training.trainer': 'olmo-core',
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.sequence_length': 2048,
    'training.global_batch_size': 512,
    'training.micro_batch_size': 4,
    'training.optimizer': 'lion',
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'full',
    'training.compile': true,
    'training.flash_attention': true,
    'training.tokens': 1e12,
    'training.checkpoint_every': 1000,
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 4,
  });
});

test('a script of version 1, whose model and trainer have it all', () => {
  const text = `from olmo_core.internal.experiment import CommonComponents, main

def build_model(common: CommonComponents):
    return TransformerConfig.olmo_1B(
        vocab_size=common.tokenizer.padded_vocab_size(),
        compile=True,
        dp_config=DataParallelConfig(name=DataParallelType.fsdp, param_dtype=DType.bfloat16),
    )

def build_optim(common):
    return AdamWConfig(lr=3e-4, fused=True)

def build_trainer(common):
    return TrainerConfig(global_batch_size=512 * 4096, rank_microbatch_size=4 * 4096, fused_loss=True)
`;
  expect(valuesOf(text)).toEqual({
    'training.trainer': 'olmo-core',
    'model.id': 'allenai/OLMo-2-0425-1B',
    'model.num_layers': 18,
    'training.sequence_length': 4096,
    'training.global_batch_size': 512,
    'training.micro_batch_size': 4,
    'training.optimizer': 'adamw',
    'training.precision': 'bf16-mixed',
    'training.activation_checkpointing': 'none',
    'training.compile': true,
    'training.fused_loss': true,
    'training.flash_attention': true,
    'parallelism.sharding': 'zero3',
  });
});

test.each([
  ['rank_microbatch_size=4 * LENGTH', 'rank_microbatch_size=4 * common.length', 'training.micro_batch_size'],
  ['Duration.tokens(int(1e12))', 'Duration.tokens(common.tokens)', 'training.tokens'],
  ['degree=4', 'degree=0', 'parallelism.tensor'],
])('%s → %s states no %s', (before, after, field) => {
  expect(valuesOf(script.replace(before, after))).not.toHaveProperty([field]);
});

test('float8 is told, and a duration of steps', () => {
  const text = script
    .replace('compile_model=True', 'float8_config=Float8Config(enabled=True)')
    .replace('Duration.tokens(int(1e12))', 'Duration.steps(500)');
  expect(valuesOf(text)).toMatchObject({ 'training.precision': 'fp8-mixed', 'training.steps': 500 });
});

test('a library that only defines the classes is none', () => {
  const text = 'class TransformerTrainModuleConfig(Config):\n    rank_microbatch_size: int\n';
  expect(readRun('config.py', text, new Map()).format).toBeNull();
});
