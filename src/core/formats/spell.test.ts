import { describe, expect, test } from 'vitest';
import type { Writable } from '../document/document.ts';
import { setValue } from '../document/set-value.ts';
import { readRun } from '../reading/read-run.ts';
import type { RunField } from '../run/fields.ts';
import { formats } from './index.ts';

const megatronScript = `torchrun --nproc_per_node 8 pretrain_gpt.py \\
  --num-layers 24 --hidden-size 2048 --num-attention-heads 16 --seq-length 2048 --max-position-embeddings 2048 \\
  --micro-batch-size 4 \\
  --global-batch-size 256 --train-iters 1000 --vocab-size 32000 --bf16
`;

/** The smallest config of each dialect that spells: a file name, and a text that it is recognized by. */
const starts: Readonly<Record<string, readonly [path: string, text: string]>> = {
  axolotl: ['run.yaml', 'base_model: meta-llama/Llama-3.1-8B\nsequence_len: 2048\nmicro_batch_size: 1\ndatasets: []\n'],
  'gpt-neox': [
    'run.yml',
    'num_layers: 24\nhidden_size: 2048\nnum_attention_heads: 16\nseq_length: 2048\nmax_position_embeddings: 2048\ntrain_micro_batch_size_per_gpu: 4\nmodel_parallel_size: 1\npipe_parallel_size: 1\n',
  ],
  'huggingface-cli': [
    'run.sh',
    'python train.py --model_name_or_path meta-llama/Llama-3.1-8B --per_device_train_batch_size 1 --learning_rate 1e-5 --output_dir out\n',
  ],
  'huggingface-python': [
    'run.py',
    'from trl import SFTConfig\n\nargs = SFTConfig(\n    model_name_or_path="gpt2",\n    per_device_train_batch_size=1,\n)\n',
  ],
  'huggingface-trainer': ['run.yaml', 'model_name_or_path: gpt2\nper_device_train_batch_size: 1\n'],
  levanter: [
    'run.yaml',
    'model:\n  type: llama\n  seq_len: 2048\n  hidden_dim: 2048\n  num_layers: 24\n  num_heads: 16\ntrainer:\n  train_batch_size: 64\n  num_train_steps: 10\n',
  ],
  lingua: [
    'run.yaml',
    'steps: 10\ndata:\n  batch_size: 4\n  seq_len: 2048\nmodel:\n  dim: 2048\n  n_layers: 24\n  n_heads: 16\ndistributed:\n  fsdp_type: full_shard\n',
  ],
  litgpt: [
    'run.yaml',
    'checkpoint_dir: checkpoints/meta-llama/Llama-3.1-8B\ntrain:\n  micro_batch_size: 1\n  global_batch_size: 8\n',
  ],
  'llama-factory': [
    'run.yaml',
    'model_name_or_path: meta-llama/Llama-3.1-8B\nstage: sft\ndo_train: true\ntemplate: llama3\ncutoff_len: 2048\nper_device_train_batch_size: 1\n',
  ],
  'llm-foundry': [
    'run.yaml',
    'max_seq_len: 2048\nmodel:\n  name: mpt_causal_lm\n  d_model: 2048\n  n_heads: 16\n  n_layers: 24\n  vocab_size: 50368\nglobal_train_batch_size: 64\ndevice_train_microbatch_size: 4\nmax_duration: 10ba\nfsdp_config:\n  mixed_precision: PURE\n',
  ],
  maxtext: [
    'run.yml',
    'base_config: base.yml\nmodel_name: llama3.1-8b\nper_device_batch_size: 1\nmax_target_length: 2048\nsteps: 10\nici_fsdp_parallelism: 8\n',
  ],
  'megatron-lm': ['run.sh', megatronScript],
  'ms-swift': [
    'run.sh',
    'swift sft --model Qwen/Qwen2.5-7B-Instruct --per_device_train_batch_size 1 --learning_rate 1e-4\n',
  ],
  nanotron: [
    'run.yaml',
    'model:\n  model_config:\n    hidden_size: 2048\n    num_hidden_layers: 24\n    num_attention_heads: 16\n    vocab_size: 32000\nparallelism:\n  dp: 8\n  tp: 1\n  pp: 1\noptimizer:\n  accumulate_grad_in_fp32: true\ntokens:\n  micro_batch_size: 1\n  sequence_length: 2048\n  train_steps: 10\n',
  ],
  nemo: [
    'run.yaml',
    'trainer:\n  devices: 8\n  num_nodes: 1\n  precision: bf16\nmodel:\n  optim:\n    name: fused_adam\n  micro_batch_size: 4\n  global_batch_size: 256\n  encoder_seq_length: 2048\n  num_layers: 24\n  hidden_size: 2048\n  num_attention_heads: 16\n',
  ],
  'nemo-automodel': [
    'run.yaml',
    'step_scheduler:\n  global_batch_size: 64\n  local_batch_size: 1\nmodel:\n  _target_: nemo_automodel.NeMoAutoModelForCausalLM.from_pretrained\n  pretrained_model_name_or_path: meta-llama/Llama-3.1-8B\ndistributed:\n  strategy: fsdp2\noptimizer:\n  _target_: torch.optim.AdamW\n',
  ],
  olmo: [
    'run.yaml',
    'run_name: a\nmodel:\n  d_model: 2048\n  n_heads: 16\n  n_layers: 24\n  max_sequence_length: 2048\n  vocab_size: 50280\n  embedding_size: 50304\noptimizer:\n  name: adamw\nglobal_train_batch_size: 64\ndevice_train_microbatch_size: 4\nmax_duration: 10\n',
  ],
  'open-clip-cli': [
    'run.sh',
    'torchrun -m open_clip_train.main --train-data a.tar --model ViT-B-16 --batch-size 64 --epochs 1\n',
  ],
  openrlhf: [
    'run.sh',
    'deepspeed --module openrlhf.cli.train_sft --pretrain meta-llama/Llama-3.1-8B --micro_train_batch_size 1 --train_batch_size 8\n',
  ],
  oumi: [
    'run.yaml',
    'model:\n  model_name: meta-llama/Llama-3.1-8B\ndata:\n  train:\n    datasets: []\ntraining:\n  trainer_type: TRL_SFT\n  per_device_train_batch_size: 1\n',
  ],
  scalegate: ['run.yaml', 'scalegate: 1\nname: run\n'],
  simpletuner: [
    'run.json',
    '{\n  "model_family": "flux",\n  "model_type": "lora",\n  "train_batch_size": 1,\n  "pretrained_model_name_or_path": "black-forest-labs/FLUX.1-dev"\n}\n',
  ],
  torchtitan: [
    'run.toml',
    '[model]\nname = "llama3"\nflavor = "8B"\n[training]\nlocal_batch_size = 1\nseq_len = 8192\nsteps = 10\n[parallelism]\ntensor_parallel_degree = 1\n',
  ],
  torchtune: [
    'run.yaml',
    'model:\n  _component_: torchtune.models.llama3_1.llama3_1_8b\ntokenizer:\n  _component_: torchtune.models.llama3.llama3_tokenizer\n  max_seq_len: 2048\noptimizer:\n  _component_: torch.optim.AdamW\nloss:\n  _component_: torch.nn.CrossEntropyLoss\nbatch_size: 1\nepochs: 1\n',
  ],
  verl: [
    'run.sh',
    `python3 -m verl.trainer.main_ppo \\
    algorithm.adv_estimator=grpo \\
    actor_rollout_ref.model.path=Qwen/Qwen2.5-7B-Instruct \\
    actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=4 \\
    trainer.n_gpus_per_node=8 trainer.nnodes=1
`,
  ],
};

const statements: readonly (readonly [RunField, Writable])[] = [
  ['training.micro_batch_size', 8],
  ['training.gradient_accumulation_steps', 4],
  ['training.sequence_length', 1024],
  ['training.activation_checkpointing', 'full'],
  ['training.activation_checkpointing', 'selective'],
  ['training.activation_offload', true],
  ['training.fused_loss', true],
  ['training.flash_attention', true],
  ['training.optimizer', 'adamw-8bit'],
  ['training.optimizer', 'paged-adamw-8bit'],
  ['training.method', 'lora'],
  ['training.method', 'qlora'],
  ['parallelism.sharding', 'zero1'],
  ['parallelism.sharding', 'zero2'],
  ['parallelism.sharding', 'zero3'],
  ['parallelism.tensor', 2],
  ['parallelism.sequence_parallel', true],
  ['parallelism.context', 2],
  ['parallelism.pipeline', 2],
  ['parallelism.expert', 2],
  ['parallelism.cpu_offload', 'optimizer'],
  ['parallelism.cpu_offload', 'parameters'],
];

test('every dialect that spells is tried', () => {
  const spelling = formats.filter((format) => 'spell' in format).map(({ name }) => name);
  expect(spelling.toSorted()).toEqual(Object.keys(starts).toSorted());
});

describe.each(formats.filter(({ name }) => Object.hasOwn(starts, name)))('what is spelled in $name', (format) => {
  const [path, start] = starts[format.name]!;

  test('starts from a config of that dialect', () => {
    const { format: read, problems } = readRun(path, start, new Map());
    expect([read?.name, problems]).toEqual([format.name, []]);
  });

  test.each(statements)('is read as %s = %s, or is not spelled at all', (field, value) => {
    const spellings = format.spell?.(field, value) ?? null;
    if (spellings === null) {
      expect(format.name).not.toBe('scalegate');
      return;
    }
    const text = spellings.reduce((before, { keys, value: word }) => setValue(path, before, keys, word)!, start);
    const { run, problems } = readRun(path, text, new Map());
    expect(problems).toEqual([]);
    expect(run!.facts[field], text).toMatchObject({ value, authority: 'config' });
  });
});
