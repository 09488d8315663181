import type { Synonyms } from './synonym.ts';

const precisions: Readonly<Record<string, string>> = {
  bf16: 'bf16-mixed',
  bfloat16: 'bf16-mixed',
  'torch.bfloat16': 'bf16-mixed',
  'bf16-mixed': 'bf16-mixed',
  bf16_mixed: 'bf16-mixed',
  'bf16-true': 'bf16',
  fp16: 'fp16-mixed',
  float16: 'fp16-mixed',
  'torch.float16': 'fp16-mixed',
  half: 'fp16-mixed',
  '16': 'fp16-mixed',
  '16-mixed': 'fp16-mixed',
  'fp16-mixed': 'fp16-mixed',
  '16-true': 'fp16',
  fp32: 'fp32',
  float32: 'fp32',
  'torch.float32': 'fp32',
  '32': 'fp32',
  '32-true': 'fp32',
  no: 'fp32',
  fp8: 'fp8-mixed',
};

const switches = (on: string, off: string): Readonly<Record<string, string>> => ({ true: on, false: off });

export const trainingSynonyms: readonly Synonyms[] = [
  {
    field: 'training.sequence_length',
    names: [
      ...['sequence_length', 'seq_length', 'seq_len', 'max_seq_length', 'max_seq_len', 'max_sequence_length'],
      ...['context_length', 'context_len', 'ctx_len', 'ctx_length', 'block_size', 'n_ctx', 'context_size'],
      ...['context_window', 'cutoff_len', 'sequence_len', 'train_seq_len', 'max_context_length', 'chunk_length'],
    ],
    within: {
      context: /model|net|train|data/,
      ctx: /model|net|train|data/,
      max_length: /model|net|train|data|tokeniz/,
      max_len: /model|net|train|data/,
    },
    range: [8, 100_000_000],
  },
  {
    field: 'training.micro_batch_size',
    names: [
      ...[
        'micro_batch_size',
        'per_device_train_batch_size',
        'per_device_batch_size',
        'device_batch_size',
        'micro_batch',
      ],
      ...['per_gpu_batch_size', 'batch_size_per_gpu', 'batch_size_per_device', 'local_batch_size', 'micro_bsz', 'mbs'],
      ...['per_gpu_train_batch_size', 'batch_per_gpu', 'batch_per_device', 'microbatch_size', 'batch_size_per_rank'],
      ...['batch_size', 'train_batch_size', 'training_batch_size', 'batchsize', 'bsz'],
    ],
    within: { batch: /train|data|loader|optim/, bs: /train|data|loader/ },
    range: [1, 100_000],
  },
  {
    field: 'training.global_batch_size',
    names: [
      ...['global_batch_size', 'total_batch_size', 'effective_batch_size', 'global_bsz', 'gbs', 'global_batch'],
      ...['train_global_batch_size', 'global_train_batch_size', 'total_train_batch_size'],
    ],
    range: [1, 100_000_000],
  },
  {
    field: 'training.gradient_accumulation_steps',
    names: [
      ...['gradient_accumulation_steps', 'grad_accum_steps', 'grad_accumulation_steps', 'accumulate_grad_batches'],
      ...['grad_acc_steps', 'gradient_accumulation', 'accumulation_steps', 'grad_accum', 'grad_acc', 'accum_steps'],
      ...['accumulation', 'accum_iter', 'accumulate'],
    ],
    range: [1, 100_000],
  },
  {
    field: 'training.precision',
    names: [
      ...['precision', 'mixed_precision', 'train_dtype', 'compute_dtype', 'amp_dtype', 'param_dtype', 'model_dtype'],
      ...['torch_dtype', 'dtype', 'autocast_dtype'],
    ],
    words: precisions,
  },
  { field: 'training.precision', names: ['bf16', 'use_bf16'], words: { true: 'bf16-mixed' } },
  { field: 'training.precision', names: ['fp16', 'use_fp16'], words: { true: 'fp16-mixed' } },
  {
    field: 'training.optimizer',
    names: ['optimizer', 'optim', 'optimizer_name', 'optimizer_type', 'opt', 'optimizer_class'],
    within: {
      name: /^optim/,
      type: /^optim/,
      class_path: /^optim/,
      _target_: /^optim/,
      algorithm: /^optim/,
      kind: /^optim/,
    },
  },
  {
    field: 'training.activation_checkpointing',
    names: [
      ...['activation_checkpointing', 'gradient_checkpointing', 'grad_checkpointing', 'grad_checkpoint', 'remat'],
      ...['gradient_checkpoint', 'use_checkpoint', 'checkpoint_activations', 'use_gradient_checkpointing'],
      ...['use_activation_checkpointing', 'recompute_activations'],
    ],
    words: { ...switches('full', 'none'), full: 'full', none: 'none', selective: 'selective' },
  },
  {
    field: 'training.flash_attention',
    names: [
      'flash_attention',
      'use_flash_attention',
      'use_flash_attn',
      'flash_attn',
      'attn_implementation',
      'use_flash',
    ],
    words: { true: true, false: false, flash_attention_2: true, flash_attention_3: true, sdpa: true, eager: false },
  },
  {
    field: 'training.compile',
    names: ['compile', 'torch_compile', 'use_compile', 'compile_model'],
    words: { true: true, false: false },
  },
  {
    field: 'training.tokens',
    names: ['total_tokens', 'train_tokens', 'num_tokens', 'token_budget', 'max_tokens', 'tokens', 'n_tokens'],
    range: [1e6, 1e18],
  },
  {
    field: 'training.samples',
    names: [
      'train_samples',
      'total_samples',
      'num_samples',
      'n_samples',
      'max_samples',
      'samples',
      'num_train_samples',
    ],
    range: [100, 1e16],
  },
  {
    field: 'training.steps',
    names: [
      ...[
        'max_steps',
        'total_steps',
        'train_steps',
        'num_train_steps',
        'num_training_steps',
        'training_steps',
        'n_steps',
      ],
      ...['max_iters', 'train_iters', 'num_iterations', 'total_iters', 'max_train_steps', 'num_steps', 'iterations'],
      ...['max_iterations', 'steps'],
    ],
    range: [1, 1e12],
  },
  {
    field: 'training.epochs',
    names: ['num_train_epochs', 'num_epochs', 'max_epochs', 'n_epochs', 'epochs', 'total_epochs', 'train_epochs'],
    range: [0.001, 1e6],
  },
  {
    field: 'training.checkpoint_every',
    names: [
      ...['save_every', 'save_interval', 'save_steps', 'checkpoint_every', 'ckpt_every', 'checkpoint_interval'],
      ...['ckpt_interval', 'save_freq', 'every_n_train_steps', 'save_every_n_steps', 'checkpoint_freq'],
    ],
    range: [1, 1e12],
  },
  {
    field: 'training.lora.rank',
    names: ['lora_r', 'lora_rank', 'lora_dim'],
    within: { r: /lora|peft/, rank: /lora|peft/ },
    range: [1, 10_000],
  },
];
