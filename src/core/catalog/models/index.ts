import type { CatalogModel } from '../model-family.ts';
import { baichuanModels } from './baichuan.ts';
import { bloomModels } from './bloom.ts';
import { cohereModels } from './cohere.ts';
import { dbrxModels } from './dbrx.ts';
import { deepseekModels } from './deepseek.ts';
import { ernieModels } from './ernie.ts';
import { exaoneModels } from './exaone.ts';
import { falconModels } from './falcon.ts';
import { gemmaModels } from './gemma.ts';
import { glmModels } from './glm.ts';
import { gptNeoModels } from './gpt-neo.ts';
import { gptNeoxModels } from './gpt-neox.ts';
import { gptOssModels } from './gpt-oss.ts';
import { gpt2Models } from './gpt2.ts';
import { graniteModels } from './granite.ts';
import { internlmModels } from './internlm.ts';
import { llamaModels } from './llama.ts';
import { llamaArchitectureModels } from './llama-architecture.ts';
import { mistralModels } from './mistral.ts';
import { mptModels } from './mpt.ts';
import { nemotronModels } from './nemotron.ts';
import { olmoModels } from './olmo.ts';
import { optModels } from './opt.ts';
import { phiModels } from './phi.ts';
import { qwenModels } from './qwen.ts';
import { qwen3Models } from './qwen3.ts';
import { r1DistillModels } from './r1-distill.ts';
import { smollmModels } from './smollm.ts';
import { stablelmModels } from './stablelm.ts';
import { starcoderModels } from './starcoder.ts';
import { yiModels } from './yi.ts';

/** Every model of the catalog. */
export const models: readonly CatalogModel[] = [
  ...baichuanModels,
  ...bloomModels,
  ...cohereModels,
  ...dbrxModels,
  ...deepseekModels,
  ...ernieModels,
  ...exaoneModels,
  ...falconModels,
  ...gemmaModels,
  ...glmModels,
  ...gptNeoModels,
  ...gptNeoxModels,
  ...gptOssModels,
  ...gpt2Models,
  ...graniteModels,
  ...internlmModels,
  ...llamaModels,
  ...llamaArchitectureModels,
  ...mistralModels,
  ...mptModels,
  ...nemotronModels,
  ...olmoModels,
  ...optModels,
  ...phiModels,
  ...qwenModels,
  ...qwen3Models,
  ...r1DistillModels,
  ...smollmModels,
  ...stablelmModels,
  ...starcoderModels,
  ...yiModels,
];
