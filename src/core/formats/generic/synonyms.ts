import type { RunField } from '../../run/fields.ts';

/** Names by which configs call a fact, the plainest first; in snake case. */
export interface Synonyms {
  readonly field: RunField;
  readonly names: readonly string[];
  /** Names that mean it only beside other dimensions of a model, or in a map of that name. */
  readonly within?: Readonly<Record<string, RegExp>>;
  /** What the words of configs mean; without it the value is the field's own. */
  readonly words?: Readonly<Record<string, unknown>>;
  /** Smallest and largest number that is likely one. */
  readonly range?: readonly [number, number];
}

const model = /^(?:model|net|network|arch|architecture|transformer|decoder|encoder|backbone|lm|llm|gpt|dit|vit|unet)/;

const offloads = { true: 'parameters', false: 'none' } as const;

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

const strategies: Readonly<Record<string, string>> = {
  ddp: 'ddp',
  ddp_find_unused_parameters_true: 'ddp',
  ddp_find_unused_parameters_false: 'ddp',
  fsdp: 'zero3',
  fsdp2: 'zero3',
  full_shard: 'zero3',
  shard_grad_op: 'zero2',
  hybrid_shard: 'hsdp',
  hsdp: 'hsdp',
  no_shard: 'ddp',
  none: 'none',
  zero1: 'zero1',
  zero2: 'zero2',
  zero3: 'zero3',
  deepspeed_stage_1: 'zero1',
  deepspeed_stage_2: 'zero2',
  deepspeed_stage_2_offload: 'zero2',
  deepspeed_stage_3: 'zero3',
  deepspeed_stage_3_offload: 'zero3',
};

const switches = (on: string, off: string): Readonly<Record<string, string>> => ({ true: on, false: off });

/** The field's usual words for what a run states; none of them is read before a dialect that knows the file. */
export const synonyms: readonly Synonyms[] = [
  {
    field: 'model.hidden_size',
    names: [
      ...['hidden_size', 'd_model', 'n_embd', 'n_embed', 'model_dim', 'dim_model', 'embed_dim', 'embedding_dim'],
      ...['emb_dim', 'd_embed', 'd_embd', 'hidden_dim', 'embedding_size', 'emb_size', 'hidden', 'model_width'],
    ],
    within: { dim: model, width: model, embd: model, channels: /^(?:transformer|lm|llm|gpt)/ },
    range: [16, 200_000],
  },
  {
    field: 'model.num_layers',
    names: [
      ...['num_layers', 'num_hidden_layers', 'n_layers', 'n_layer', 'nlayers', 'num_blocks', 'n_blocks', 'n_block'],
      ...['num_transformer_layers', 'decoder_layers', 'transformer_layers', 'num_decoder_layers', 'model_depth'],
    ],
    within: { layers: model, depth: model, blocks: model },
    range: [1, 1000],
  },
  {
    field: 'model.num_attention_heads',
    names: [
      ...['num_attention_heads', 'num_heads', 'n_heads', 'n_head', 'nhead', 'nheads', 'attention_heads', 'attn_heads'],
      ...['num_attn_heads', 'num_query_heads', 'n_query_heads', 'n_q_heads', 'num_q_heads'],
    ],
    within: { heads: model },
    range: [1, 1000],
  },
  {
    field: 'model.num_key_value_heads',
    names: ['num_key_value_heads', 'n_kv_heads', 'n_kv_head', 'num_kv_heads', 'kv_heads', 'num_query_groups', 'n_kv'],
    range: [1, 1000],
  },
  { field: 'model.head_dim', names: ['head_dim', 'd_head', 'dim_head', 'head_size', 'kv_channels'], range: [8, 1024] },
  {
    field: 'model.intermediate_size',
    names: [
      ...['intermediate_size', 'd_ff', 'ffn_dim', 'ffn_hidden_size', 'mlp_dim', 'd_mlp', 'dim_feedforward', 'dim_ff'],
      ...['ff_dim', 'feed_forward_dim', 'feedforward_dim', 'ffn_size', 'mlp_hidden_size', 'mlp_hidden_dim'],
    ],
    range: [32, 1_000_000],
  },
  {
    field: 'model.vocab_size',
    names: ['vocab_size', 'n_vocab', 'vocabulary_size', 'num_vocab', 'padded_vocab_size'],
    within: { vocab: model, num_tokens: model },
    range: [16, 10_000_000],
  },
  {
    field: 'model.tie_word_embeddings',
    names: ['tie_word_embeddings', 'tie_embeddings', 'tied_embeddings', 'weight_tying', 'tie_weights'],
  },
  {
    field: 'model.norm',
    names: ['norm', 'norm_type', 'normalization'],
    words: { rmsnorm: 'rmsnorm', layernorm: 'layernorm' },
  },
  {
    field: 'model.gated_mlp',
    names: ['mlp_type', 'ffn_type', 'activation', 'act', 'mlp_act', 'hidden_act', 'activation_function', 'swiglu'],
    words: { swiglu: true, geglu: true, silu: true, gelu: false, relu: false, true: true, false: false },
  },
  {
    field: 'model.moe.num_experts',
    names: ['num_experts', 'n_experts', 'n_routed_experts', 'num_local_experts', 'moe_num_experts', 'num_moe_experts'],
    range: [2, 10_000],
  },
  {
    field: 'model.moe.experts_per_token',
    names: ['num_experts_per_tok', 'num_experts_per_token', 'experts_per_token', 'n_active_experts', 'moe_top_k'],
    within: { top_k: /moe|expert|router/ },
    range: [1, 1000],
  },
  {
    field: 'model.moe.intermediate_size',
    names: ['moe_intermediate_size', 'expert_dim', 'd_expert', 'expert_hidden_size', 'moe_ffn_hidden_size'],
    range: [16, 1_000_000],
  },
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
    field: 'parallelism.sharding',
    names: [
      ...[
        'sharding',
        'sharding_strategy',
        'fsdp_sharding_strategy',
        'strategy',
        'distributed_strategy',
        'dist_strategy',
      ],
      ...['parallel_strategy', 'fsdp'],
    ],
    words: { ...strategies, true: 'zero3' },
  },
  { field: 'parallelism.sharding', names: ['zero_stage'], words: { 0: 'ddp', 1: 'zero1', 2: 'zero2', 3: 'zero3' } },
  {
    field: 'parallelism.tensor',
    names: [
      'tensor_parallel_size',
      'tensor_parallel',
      'tensor_parallel_degree',
      'tensor_model_parallel_size',
      'tp_size',
      'tp',
    ],
    range: [1, 1024],
  },
  {
    field: 'parallelism.pipeline',
    names: [
      'pipeline_parallel_size',
      'pipeline_parallel',
      'pipeline_parallel_degree',
      'pipeline_model_parallel_size',
      'pp_size',
      'pp',
    ],
    range: [1, 1024],
  },
  {
    field: 'parallelism.context',
    names: ['context_parallel_size', 'context_parallel', 'context_parallel_degree', 'cp_size', 'cp'],
    range: [1, 1024],
  },
  {
    field: 'parallelism.expert',
    names: [
      'expert_parallel_size',
      'expert_parallel',
      'expert_parallel_degree',
      'expert_model_parallel_size',
      'ep_size',
      'ep',
    ],
    range: [1, 1024],
  },
  { field: 'parallelism.cpu_offload', names: ['cpu_offload', 'offload_to_cpu'], words: offloads },
  {
    field: 'training.lora.rank',
    names: ['lora_r', 'lora_rank', 'lora_dim'],
    within: { r: /lora|peft/, rank: /lora|peft/ },
    range: [1, 10_000],
  },
  {
    field: 'hardware.count',
    names: ['num_gpus', 'n_gpus', 'ngpus', 'world_size', 'total_gpus', 'gpu_count'],
    range: [1, 100_000],
  },
  { field: 'hardware.gpu', names: ['gpu_type', 'gpu_name', 'accelerator_type', 'gpu_model', 'gpu'] },
];

/** Batches by names that leave open whether they are those of one GPU. */
export const openBatches: ReadonlySet<string> = new Set([
  ...['batch_size', 'train_batch_size', 'training_batch_size', 'batchsize', 'bsz', 'batch', 'bs'],
]);

/** Widths of the MLP as a multiple of the hidden size. */
export const ratios = ['mlp_ratio', 'ffn_multiplier', 'ff_mult', 'ffn_mult', 'mlp_expansion', 'ffn_ratio', 'mlp_mult'];

/** Batches of an optimizer step that count tokens. */
export const tokenBatches = [
  ...['batch_tokens', 'tokens_per_batch', 'batch_size_tokens', 'batch_size_in_tokens', 'global_batch_tokens'],
  ...['tokens_per_step', 'total_batch_tokens', 'train_batch_tokens'],
];

export const gpusOfNode = [
  ...['gpus_per_node', 'num_gpus_per_node', 'n_gpus_per_node', 'ngpus_per_node', 'devices_per_node', 'nproc_per_node'],
  ...['devices', 'num_devices', 'n_devices', 'gpus'],
];

export const nodes = ['num_nodes', 'n_nodes', 'nnodes', 'nodes', 'node_count'];

/** Names of learning rates: what only training has. */
export const learningRates: ReadonlySet<string> = new Set([
  ...['lr', 'learning_rate', 'max_lr', 'peak_lr', 'base_lr', 'init_lr', 'initial_lr', 'max_learning_rate'],
  ...['peak_learning_rate', 'base_learning_rate', 'blr', 'matrix_lr', 'embedding_lr', 'adam_lr', 'warmup_lr'],
]);

/** Names of a model by an id of the Hub. */
export const modelNames: ReadonlySet<string> = new Set([
  ...['model_name_or_path', 'pretrained_model_name_or_path', 'base_model', 'model_name', 'model_id', 'model_path'],
  ...['hf_model', 'hf_model_name', 'pretrained_model', 'pretrained_model_name', 'checkpoint', 'pretrained', 'model'],
  ...['base_model_name', 'model_checkpoint', 'init_from', 'llm'],
]);

/** Maps and names that are about something else than the training of the model. */
export const elsewhere =
  /^(?:eval|evaluat|val$|val_|valid|test|infer|generat|sampl(?!es)|wandb|logg|tokenizer$|ema$|teacher|scheduler|lr_sched|metrics?$|benchmark|export|serv)/;
