import type { ConfigReader } from './config-reader.ts';

/** How Megatron's ModelParallelConfig divides the model, as NeMo and Megatron-Bridge write it under `model`. */
export function stateModelParallelism(config: ConfigReader): void {
  config.stateSize('parallelism.tensor', 'model.tensor_model_parallel_size');
  config.stateSize('parallelism.pipeline', 'model.pipeline_model_parallel_size');
  config.stateSize('parallelism.virtual_pipeline', 'model.virtual_pipeline_model_parallel_size');
  const layout = config.first(
    ...['model.pipeline_model_parallel_layout', 'model.num_layers_in_first_pipeline_stage'],
    ...['model.num_layers_in_last_pipeline_stage', 'model.account_for_embedding_in_pipeline_split'],
    'model.account_for_loss_in_pipeline_split',
  );
  if (layout !== null) config.stateAs('parallelism.uneven_stages', layout, true);
  config.stateSize('parallelism.context', 'model.context_parallel_size');
  config.stateSize('parallelism.expert', 'model.expert_model_parallel_size');
  config.stateAs('parallelism.sequence_parallel', 'model.sequence_parallel', config.flag('model.sequence_parallel'));
}
