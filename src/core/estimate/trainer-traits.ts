import type { Parallelism } from '../run/parallelism.ts';
import { plainLoop } from './trainers/families/plain-loop.ts';
import { trainers } from './trainers/index.ts';
import { megatronLm } from './trainers/megatron-lm.ts';
import type { Trainer, TrainerTraits } from './trainers/trainer.ts';

/**
 * The traits of a trainer by its name in a config, or of a plain PyTorch loop where the name says nothing, with the engine
 * that the config says it shards by.
 */
export function trainerTraits(
  name: string | null,
  { tensor, pipeline, shardingEngine }: Pick<Parallelism, 'tensor' | 'pipeline' | 'shardingEngine'> = alone,
): TrainerTraits {
  const trainer = trainersByLetters.get(lettersOf(name ?? ''));
  const own = trainer?.traits ?? plainLoop;
  const isHandedOver = trainer?.handsOverToMegatron === true && tensor * pipeline > 1;
  if (isHandedOver || (shardingEngine === 'megatron' && own.states !== 'megatron')) return megatronLm.traits;
  if (shardingEngine === null) return own;
  // DeepSpeed casts the whole model (DeepSpeedEngine, `_configure_distributed_model`), whatever was cast to fp32 before.
  return shardingEngine === 'deepspeed'
    ? { ...own, engine: 'deepspeed', upcastsUnquantized: false }
    : { ...own, engine: shardingEngine };
}

/** `open_lm` and `OpenLM` are `open-lm`: separators and case do not make another trainer. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_ .]/g, '');
}

const trainersByLetters: ReadonlyMap<string, Trainer> = new Map(
  trainers.flatMap((trainer) => trainer.names.map((name) => [lettersOf(name), trainer] as const)),
);

const alone = { tensor: 1, pipeline: 1, shardingEngine: null };
