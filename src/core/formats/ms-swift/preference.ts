import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** What `swift rlhf --rlhf_type` trains on and beside (ms-swift docs, "RLHF"). */
const methods: ReadonlyMap<string, { paired?: true; reference?: true; rollouts?: true }> = new Map([
  ['dpo', { paired: true, reference: true }],
  ['orpo', { paired: true }],
  ['simpo', { paired: true }],
  ['cpo', { paired: true }],
  ['rm', { paired: true }],
  ['kto', { reference: true }],
  ['ppo', { rollouts: true, reference: true }],
  ['grpo', { rollouts: true }],
  ['gkd', { rollouts: true }],
]);

/** With adapters the base weights are the reference; a vLLM on the same GPUs keeps its share unless it sleeps. */
export function statePreference(stated: StatedFacts, config: Arguments): void {
  const method = methods.get(config.rlhf_type ?? '') ?? {};
  const key = ['rlhf_type'];
  if (method.paired === true) stated.state('training.paired_samples', true, key);
  const isWhole = stated.facts['training.method']?.value === 'full';
  if (method.reference === true && isWhole) stated.state('training.reference_model', true, key);
  if (method.rollouts !== true) return;
  stated.state('training.rollouts', true, key);
  if (config.use_vllm !== true || config.vllm_mode === 'server') return;
  if ((config.sleep_level ?? 0) > 0) stated.state('training.engine_memory_share', 0, ['sleep_level']);
  else {
    const share = 'vllm_gpu_memory_utilization';
    stated.state('training.engine_memory_share', config[share], [share]);
    stated.imply('training.engine_memory_share', 0.9);
  }
}
