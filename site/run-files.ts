import { powerOfTwo, type RunState } from './run-state.ts';

/** The form as the files of a repository would say it: a config, and a policy with what the config may leave open. */
export function filesOf(state: RunState): { readonly config: TextFile; readonly policy: TextFile } {
  const hardware = {
    gpu: state.gpu,
    count: powerOfTwo(state.count),
    ...(Number(state.price) > 0 && { usd_per_gpu_hour: Number(state.price) }),
  };
  const policy = { scalegate_policy: 1, assumptions: [{ files: ['**'], hardware }] };
  const isPasted = state.text.trim() !== '';
  const config = isPasted
    ? { path: state.path.trim() === '' ? 'config.yaml' : state.path.trim(), text: state.text }
    : { path: 'run.json', text: JSON.stringify(nativeConfig(state)) };
  return { config, policy: { path: '.github/scalegate.yml', text: JSON.stringify(policy) } };
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

function nativeConfig(state: RunState): object {
  const usesAdapters = state.method !== 'full';
  return {
    scalegate: 1,
    model: { id: state.model },
    training: {
      method: state.method,
      ...(usesAdapters && { lora: { rank: 16 } }),
      precision: state.precision,
      optimizer: state.optimizer,
      activation_checkpointing: state.checkpointing,
      sequence_length: powerOfTwo(state.sequence),
      micro_batch_size: Number(state.batch),
      ...(Number(state.tokens) > 0 && { tokens: Number(state.tokens) * 1e9 }),
    },
    parallelism: { sharding: powerOfTwo(state.count) === 1 ? 'none' : state.sharding },
  };
}
