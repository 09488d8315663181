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
