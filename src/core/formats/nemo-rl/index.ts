import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateBackend } from './backend.ts';

/** Recipes of NVIDIA NeMo-RL: most name a base under `defaults` and state only what differs. */
export const nemoRl: Format = {
  name: 'nemo-rl',
  title: 'NeMo-RL',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: [
    'max_total_sequence_length',
    'train_global_batch_size',
    'dtensor_cfg',
    'megatron_cfg',
    'num_prompts_per_step',
  ],
  recognize,
  references: () => [],
  read,
};

const algorithms = ['grpo', 'sft', 'dpo', 'ppo', 'rm', 'distillation'];

/** What a recipe may state that leaves the rest to its base. */
const sections = [
  ...algorithms,
  'policy',
  'cluster',
  'checkpointing',
  'loss_fn',
  'data',
  'data_plane',
  'logger',
  'env',
];

function recognize(document: Document): boolean {
  const has = (...keys: string[]): boolean => valueAt(document.value, keys) !== undefined;
  if (['model_name', 'dtensor_cfg', 'megatron_cfg', 'train_global_batch_size'].some((key) => has('policy', key)))
    return true;
  // Hydra, which has `defaults` too, names groups there: no file endings.
  const bases = [valueAt(document.value, ['defaults'])].flat().filter((name) => typeof name === 'string');
  if (bases.length === 0 || !bases.every((name) => /\.ya?ml$/.test(name)) || !sections.some((section) => has(section)))
    return false;
  // What generates and trains nothing is an evaluation.
  const trains = has('policy') || algorithms.some((algorithm) => has(algorithm));
  return trains || !['generation', 'eval'].some((section) => has(section));
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'policy.model_name');
  config.state('training.sequence_length', 'policy.max_total_sequence_length');
  config.state('training.micro_batch_size', 'policy.train_micro_batch_size');
  config.state('training.global_batch_size', 'policy.train_global_batch_size');
  stateDuration(config);
  const trainer = stateBackend(config);
  stateRollouts(config);
  stateGpus(config);
  return config.result({ dialect: 'nemo-rl', trainer, name: nameFromPath(document.path) });
}

/**
 * GRPO and PPO generate, with an engine that sleeps while the policy is trained. DPO and reward models train on pairs;
 * a reference model waits in CPU memory (nemo_rl/models/policy, `get_reference_policy_logprobs`).
 */
function stateRollouts(config: ConfigReader): void {
  const key = config.first('grpo', 'ppo', 'distillation');
  if (key !== null) {
    config.stateAs('training.rollouts', key, true);
    config.imply('training.engine_memory_share', 0);
  }
  const pairs = config.first('dpo', 'rm');
  if (pairs !== null) config.stateAs('training.paired_samples', pairs, true);
}

/** Where generation has nodes of its own (`colocated.enabled: false`), only the others train. */
function stateGpus(config: ConfigReader): void {
  const colocated = 'policy.generation.colocated';
  const nodes = config.number('cluster.num_nodes');
  const perNode = config.number('cluster.gpus_per_node');
  if (config.flag(`${colocated}.enabled`) !== false || nodes === null || perNode === null) {
    config.stateProduct('hardware.count', 'cluster.gpus_per_node', 'cluster.num_nodes');
    return;
  }
  const generatingNodes = config.number(`${colocated}.resources.num_nodes`);
  const generatingGpus = config.number(`${colocated}.resources.gpus_per_node`) ?? perNode;
  // On one node they share its GPUs; of several whole nodes generate
  const generating = nodes === 1 ? generatingGpus : (generatingNodes ?? 1) * perNode;
  const training = nodes * perNode - generating;
  if (training > 0) config.stateAs('hardware.count', 'cluster.num_nodes', training);
}

/** A step of SFT and DPO is an optimizer step; one of GRPO and PPO takes as many as its rollouts fill global batches. */
function stateDuration(config: ConfigReader): void {
  const algorithm = algorithms.find((name) => config.value(`${name}.max_num_steps`) !== undefined);
  if (algorithm === undefined) return;
  const key = `${algorithm}.max_num_steps`;
  const steps = config.number(key);
  const epochs = `${algorithm}.max_num_epochs`;
  // A million steps stand for as many as the epochs take.
  if (steps !== null && steps >= 1e6 && config.value(epochs) !== undefined) {
    config.state('training.epochs', epochs);
    return;
  }
  const prompts = config.number(`${algorithm}.num_prompts_per_step`);
  const answers = config.number(`${algorithm}.num_generations_per_prompt`);
  const batch = config.number('policy.train_global_batch_size');
  const rollouts = prompts === null || answers === null ? null : prompts * answers;
  const updates = rollouts === null || batch === null || batch < 1 ? 1 : Math.max(1, Math.round(rollouts / batch));
  config.stateAs('training.steps', key, steps === null ? null : steps * updates);
  if (config.flag('checkpointing.enabled') === false) return;
  const every = config.number('checkpointing.save_period');
  config.stateAs('training.checkpoint_every', 'checkpointing.save_period', every === null ? null : every * updates);
}
