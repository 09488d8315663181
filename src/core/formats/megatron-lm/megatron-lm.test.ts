import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const script = `#!/bin/bash
#SBATCH --nodes=4
#SBATCH --gres=gpu:8
TP=2
GPUS_PER_NODE=8
MODEL_ARGS=(
    --num-layers 32
    --hidden-size 4096
    --num-attention-heads 32 # 128 each
    --max-position-embeddings 2048
    --vocab-size 51200
)
OPTS=" \\
    --seq-length 2048 \\
    --micro-batch-size 4 \\
    --global-batch-size $((TP * 128)) \\
    --train-samples 6_348_800 \\
    --fp16"
srun torchrun --nproc_per_node $GPUS_PER_NODE --nnodes $SLURM_NNODES pretrain_gpt.py \\
    "\${MODEL_ARGS[@]}" $OPTS --tensor-model-parallel-size $TP --data-path $1
`;

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its flags, and what Megatron takes by default', () => {
  expect(valuesOf(script)).toEqual({
    'model.hidden_size': 4096,
    'model.num_layers': 32,
    'model.num_attention_heads': 32,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'model.gated_mlp': false,
    'model.intermediate_size': 16384,
    'model.vocab_size': 51200,
    'model.tie_word_embeddings': true,
    'model.max_position_embeddings': 2048,
    'model.position_embedding': 'learned',
    'model.norm': 'layernorm',
    'training.trainer': 'megatron-lm',
    'training.sequence_length': 2048,
    'training.micro_batch_size': 4,
    'training.global_batch_size': 256,
    'training.optimizer': 'adamw',
    'training.precision': 'fp16-mixed',
    'training.activation_checkpointing': 'none',
    'training.samples': 6348800,
    'parallelism.tensor': 2,
    'parallelism.sharding': 'ddp',
    'hardware.count': 32,
  });
});

test('a value stands in the array, text or assignment that it came from', () => {
  const { run } = readRun('run.sh', script, new Map());
  const lineOf = (field: 'model.hidden_size' | 'training.micro_batch_size' | 'parallelism.tensor') =>
    run?.facts[field]?.place?.line;
  expect([lineOf('model.hidden_size'), lineOf('training.micro_batch_size'), lineOf('parallelism.tensor')]).toEqual([
    8, 15, 4,
  ]);
});

const line = 'python pretrain_gpt.py --num-layers 8 --hidden-size 768 --num-attention-heads 12 --micro-batch-size 1';

test.each([
  ['--swiglu', { 'model.gated_mlp': true, 'model.intermediate_size': 2048 }],
  ['--swiglu --ffn-hidden-size 2304', { 'model.intermediate_size': 2304 }],
  ['--group-query-attention --num-query-groups 4', { 'model.num_key_value_heads': 4 }],
  ['--num-query-groups 4', { 'model.num_attention_heads': 12 }],
  ['--num-experts 8 --moe-router-topk 2 --moe-ffn-hidden-size 512', { 'model.moe.intermediate_size': 512 }],
  ['--mtp-num-layers 1', { 'model.num_nextn_predict_layers': 1 }],
  ['--decoder-last-pipeline-num-layers 5', { 'parallelism.uneven_stages': true }],
  ['--position-embedding-type rope', { 'model.position_embedding': 'rope' }],
  ['--bf16 --fp8-format hybrid', { 'training.precision': 'fp8-mixed' }],
  ['--recompute-activations', { 'training.activation_checkpointing': 'selective' }],
  [
    '--recompute-granularity full --recompute-method block --recompute-num-layers 4',
    { 'training.recompute_layers': 4 },
  ],
  [
    '--recompute-granularity full --recompute-method uniform --recompute-num-layers 4',
    { 'training.checkpoint_layers': 4 },
  ],
  ['--num-experts 8 --expert-tensor-parallel-size 1', { 'parallelism.expert_tensor': 1 }],
  [
    '--grad-reduce-in-bf16 --exp-avg-dtype bf16',
    { 'training.gradient_precision': 'bf16', 'training.moment_precision': 'bf16' },
  ],
  ['--hidden-dropout 0.0', { 'training.dropout': 0 }],
  ['--transformer-impl local', { 'training.flash_attention': false }],
  ['--checkpoint-activations', { 'training.activation_checkpointing': 'full' }],
  ['--use-distributed-optimizer', { 'parallelism.sharding': 'zero1' }],
  ['--deepspeed --zero-stage=3', { 'parallelism.sharding': 'zero3', 'training.trainer': 'megatron-deepspeed' }],
  ['--deepspeed --zero-stage 0', { 'parallelism.sharding': 'ddp' }],
  ['--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads', { 'parallelism.sharding': 'zero2' }],
  ['--pipeline-model-parallel-size 2 --num-layers-per-virtual-pipeline-stage 2', { 'parallelism.virtual_pipeline': 2 }],
  ['--train-iters 500 --save-interval 100', { 'training.steps': 500, 'training.checkpoint_every': 100 }],
  ['--micro_batch_size 2', { 'training.micro_batch_size': 2 }],
] as const)('%s states %j', (flags, expected) => {
  expect(valuesOf(`${line} ${flags}\n`)).toMatchObject(expected);
});

test('only with --group-query-attention do query groups count', () => {
  expect(valuesOf(`${line} --num-query-groups 4`)).not.toHaveProperty(['model.num_key_value_heads']);
});

test('an encoder states no dimensions of a decoder', () => {
  const values = valuesOf(line.replace('pretrain_gpt', 'pretrain_bert'));
  expect(values).not.toHaveProperty(['model.hidden_size']);
  expect(values).toMatchObject({ 'training.micro_batch_size': 1 });
});

test('arguments that another script sources are read', () => {
  const values = valuesOf('MODEL_ARGS=" \\\n --num-layers 8 \\\n --hidden-size 768 \\\n --seq-length 512"\n');
  expect(values).toMatchObject({ 'model.hidden_size': 768, 'training.sequence_length': 512 });
});

test.each(['tools/convert.py', 'tools/run_text_generation_server.py', 'swift sft'])(
  '%s trains nothing of Megatron',
  (program) => {
    const text = `python ${program} --num-layers 8 --hidden-size 64 --micro-batch-size 1`;
    expect(readRun('run.sh', text, new Map()).format?.name).not.toBe('megatron-lm');
  },
);

test('wrong values are problems on their lines, all at once', () => {
  const text = 'SIZE=wide\npython pretrain_gpt.py --hidden-size $SIZE \\\n --micro-batch-size 0\n';
  const { run, problems } = readRun('run.sh', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['hidden_size', 1],
    ['micro_batch_size', 3],
  ]);
});
