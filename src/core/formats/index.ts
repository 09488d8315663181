import type { Format } from './format.ts';
import { accelerate } from './accelerate/index.ts';
import { axolotl } from './axolotl/index.ts';
import { deepspeed } from './deepspeed/index.ts';
import { deepspeedChat } from './deepspeed-chat/index.ts';
import { diffusers } from './diffusers/index.ts';
import { dstack } from './dstack/index.ts';
import { easyR1 } from './easyr1/index.ts';
import { fairseq } from './fairseq/index.ts';
import { galore } from './galore/index.ts';
import { generic } from './generic/index.ts';
import { gptNeox } from './gpt-neox/index.ts';
import { h2oLlmStudio } from './h2o-llmstudio/index.ts';
import { huggingfaceCli } from './huggingface-cli/index.ts';
import { huggingfaceModel } from './huggingface-model/index.ts';
import { huggingfacePython } from './huggingface-python/index.ts';
import { huggingfaceTrainer } from './huggingface-trainer/index.ts';
import { kubernetes } from './kubernetes/index.ts';
import { launchScript } from './launch-script/index.ts';
import { levanter } from './levanter/index.ts';
import { lightning } from './lightning/index.ts';
import { lingua } from './lingua/index.ts';
import { litgpt } from './litgpt/index.ts';
import { llamaFactory } from './llama-factory/index.ts';
import { llamaFactoryV1 } from './llama-factory-v1/index.ts';
import { llmFoundry } from './llm-foundry/index.ts';
import { ludwig } from './ludwig/index.ts';
import { maxtext } from './maxtext/index.ts';
import { megatronArgs } from './megatron-args/index.ts';
import { megatronBridge } from './megatron-bridge/index.ts';
import { megatronLm } from './megatron-lm/index.ts';
import { msSwift } from './ms-swift/index.ts';
import { nanogpt } from './nanogpt/index.ts';
import { nanotron } from './nanotron/index.ts';
import { nemo } from './nemo/index.ts';
import { nemoAutomodel } from './nemo-automodel/index.ts';
import { nemoRl } from './nemo-rl/index.ts';
import { olmo } from './olmo/index.ts';
import { olmoCore } from './olmo-core/index.ts';
import { openClip } from './open-clip/index.ts';
import { openClipCli } from './open-clip-cli/index.ts';
import { openLm } from './open-lm/index.ts';
import { openrlhf } from './openrlhf/index.ts';
import { oumi } from './oumi/index.ts';
import { primeRl } from './prime-rl/index.ts';
import { scalegate } from './scalegate/index.ts';
import { simpletuner } from './simpletuner/index.ts';
import { skypilot } from './skypilot/index.ts';
import { torchtitan } from './torchtitan/index.ts';
import { torchtune } from './torchtune/index.ts';
import { verl } from './verl/index.ts';
import { xtuner } from './xtuner/index.ts';

/** Every dialect that is read, by name. A file belongs to the first that recognizes it; none should recognize another's. */
export const formats: readonly Format[] = [
  accelerate,
  axolotl,
  deepspeed,
  deepspeedChat,
  diffusers,
  dstack,
  easyR1,
  fairseq,
  galore,
  generic,
  gptNeox,
  h2oLlmStudio,
  huggingfaceCli,
  huggingfaceModel,
  huggingfacePython,
  huggingfaceTrainer,
  kubernetes,
  launchScript,
  levanter,
  lightning,
  lingua,
  litgpt,
  llamaFactory,
  llamaFactoryV1,
  llmFoundry,
  ludwig,
  maxtext,
  megatronArgs,
  megatronBridge,
  megatronLm,
  msSwift,
  nanogpt,
  nanotron,
  nemo,
  nemoAutomodel,
  nemoRl,
  olmo,
  olmoCore,
  openClip,
  openClipCli,
  openLm,
  openrlhf,
  oumi,
  primeRl,
  scalegate,
  simpletuner,
  skypilot,
  torchtitan,
  torchtune,
  verl,
  xtuner,
];
