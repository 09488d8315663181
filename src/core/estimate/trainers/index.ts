import { accelerate } from './accelerate.ts';
import { axolotl } from './axolotl.ts';
import { deepspeed } from './deepspeed.ts';
import { fmsFsdp } from './fms-fsdp.ts';
import { fsdpQlora } from './fsdp-qlora.ts';
import { gptNeox } from './gpt-neox.ts';
import { huggingface } from './huggingface.ts';
import { internevo } from './internevo.ts';
import { levanter } from './levanter.ts';
import { lingua } from './lingua.ts';
import { litgpt } from './litgpt.ts';
import { llamaFactory } from './llama-factory.ts';
import { llmC } from './llm-c.ts';
import { llmFoundry } from './llm-foundry.ts';
import { maxtext } from './maxtext.ts';
import { megatronLm } from './megatron-lm.ts';
import { msSwift } from './ms-swift.ts';
import { nanogpt } from './nanogpt.ts';
import { nanotron } from './nanotron.ts';
import { nemoAutomodel } from './nemo-automodel.ts';
import { olmoCore } from './olmo-core.ts';
import { olmo } from './olmo.ts';
import { openLm } from './open-lm.ts';
import { openrlhf } from './openrlhf.ts';
import { primeRl } from './prime-rl.ts';
import { torchtitan } from './torchtitan.ts';
import { torchtune } from './torchtune.ts';
import type { Trainer } from './trainer.ts';
import { trl } from './trl.ts';
import { unsloth } from './unsloth.ts';
import { verl } from './verl.ts';
import { xtuner } from './xtuner.ts';

/** Every trainer that somebody described. Add a line here to describe another one. */
export const trainers: readonly Trainer[] = [
  accelerate,
  axolotl,
  deepspeed,
  fmsFsdp,
  fsdpQlora,
  gptNeox,
  huggingface,
  internevo,
  levanter,
  lingua,
  litgpt,
  llamaFactory,
  llmC,
  llmFoundry,
  maxtext,
  megatronLm,
  msSwift,
  nanogpt,
  nanotron,
  nemoAutomodel,
  olmo,
  olmoCore,
  openLm,
  openrlhf,
  primeRl,
  torchtitan,
  torchtune,
  trl,
  unsloth,
  verl,
  xtuner,
];
