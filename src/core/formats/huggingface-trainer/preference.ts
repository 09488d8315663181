import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/** Methods of trl beyond supervised fine-tuning, by what they train on and beside. */
interface Method {
  /** A sample is a chosen and a rejected sequence. */
  readonly paired?: true;
  /** A frozen copy of the model is asked for its probabilities. */
  readonly reference?: true;
  /** Answers are generated in the course of training. */
  readonly rollouts?: true;
}

/** trl docs, one page a trainer. */
const methods: Readonly<Record<string, Method>> = {
  DPO: { paired: true, reference: true },
  KTO: { reference: true },
  BCO: { reference: true },
  ORPO: { paired: true },
  CPO: { paired: true },
  Reward: { paired: true },
  GRPO: { rollouts: true },
  RLOO: { rollouts: true },
  PPO: { rollouts: true, reference: true },
  PPOv2: { rollouts: true, reference: true },
  OnlineDPO: { rollouts: true, paired: true, reference: true },
  XPO: { rollouts: true, paired: true, reference: true },
  NashMD: { rollouts: true, paired: true, reference: true },
  GKD: { rollouts: true },
};

/** Losses of DPOConfig.loss_type; those of SFT and GRPO have other names. */
const dpoLosses =
  /^(?:sigmoid|hinge|ipo|exo_pair|nca_pair|robust|bco_pair|sppo_hard|aot|aot_pair|discopop|apo_zero|apo_down)$/;

/**
 * Preference training and reinforcement learning. The class of the config tells the method, or the arguments that only
 * one has. With adapters the base weights are the reference (trl docs, "DPO Trainer"); GRPO has one where `beta` is not 0.
 */
export function statePreference(stated: StatedFacts, config: TrainingArguments): void {
  const told = toldBy(config);
  if (told === null) return;
  const { key, name } = told;
  const method = methods[name] ?? {};
  const refers = method.reference === true || (name === 'GRPO' && (config.beta ?? 0) > 0);
  const isSpared = config.use_peft === true || config.precompute_ref_log_probs === true;
  if (method.rollouts === true) stated.state('training.rollouts', true, [key]);
  if (key === 'beta') {
    // ORPO and CPO have a beta, too, and no reference
    const reason = 'beta is stated, as DPO has it: chosen and rejected sequences, and a reference model';
    stated.infer('training.paired_samples', true, reason);
    if (!isSpared) stated.infer('training.reference_model', true, reason);
    return;
  }
  if (method.paired === true) stated.state('training.paired_samples', true, [key]);
  if (refers && !isSpared) stated.state('training.reference_model', true, [name === 'GRPO' ? 'beta' : key]);
}

function toldBy(config: TrainingArguments): { key: keyof TrainingArguments; name: string } | null {
  const ofClass = /^(\w+)Config$/.exec(config.trl_config ?? '')?.[1];
  if (ofClass !== undefined) return Object.hasOwn(methods, ofClass) ? { key: 'trl_config', name: ofClass } : null;
  for (const key of ['num_generations', 'use_vllm', 'reward_funcs'] as const) {
    if (config[key] !== null && config[key] !== undefined && config[key] !== false) return { key, name: 'GRPO' };
  }
  if (typeof config.desirable_weight === 'number') return { key: 'desirable_weight', name: 'KTO' };
  if (dpoLosses.test(typeof config.loss_type === 'string' ? config.loss_type : ''))
    return { key: 'loss_type', name: 'DPO' };
  if (config.precompute_ref_log_probs === true) return { key: 'precompute_ref_log_probs', name: 'DPO' };
  return typeof config.beta === 'number' ? { key: 'beta', name: 'DPO' } : null;
}

/** A vLLM on the same GPU keeps its share, unless it sleeps while the model is trained (trl docs, "vLLM Integration"). */
export function stateEngine(stated: StatedFacts, config: TrainingArguments): void {
  if (config.use_vllm !== true || config.vllm_mode !== 'colocate') return;
  const [share, sleeps] = ['vllm_gpu_memory_utilization', 'vllm_enable_sleep_mode'] as const;
  if (config[sleeps] === true) stated.state('training.engine_memory_share', 0, [sleeps]);
  stated.state('training.engine_memory_share', config[sleeps] === true ? null : config[share], [share]);
  stated.imply('training.engine_memory_share', 0.3); // GRPOConfig.vllm_gpu_memory_utilization
}
