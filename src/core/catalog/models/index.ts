import type { CatalogModel } from '../model-family.ts';
import { apertusModels } from './apertus.ts';
import { baichuanModels } from './baichuan.ts';
import { bartModels } from './bart.ts';
import { bertModels } from './bert.ts';
import { bloomModels } from './bloom.ts';
import { codegenModels } from './codegen.ts';
import { cohereModels } from './cohere.ts';
import { dbrxModels } from './dbrx.ts';
import { deepseekModels } from './deepseek.ts';
import { dotsModels } from './dots.ts';
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
import { hunyuanModels } from './hunyuan.ts';
import { internlmModels } from './internlm.ts';
import { internvlModels } from './internvl.ts';
import { kimiLinearModels } from './kimi-linear.ts';
import { llamaArchitectureModels } from './llama-architecture.ts';
import { llamaModels } from './llama.ts';
import { mambaModels } from './mamba.ts';
import { mimoModels } from './mimo.ts';
import { minimaxModels } from './minimax.ts';
import { mistralFineTunes } from './mistral-fine-tunes.ts';
import { mistralModels } from './mistral.ts';
import { mptModels } from './mpt.ts';
import { nemotronModels } from './nemotron.ts';
import { nllbModels } from './nllb.ts';
import { olmoModels } from './olmo.ts';
import { optModels } from './opt.ts';
import { paligemmaModels } from './paligemma.ts';
import { phiModels } from './phi.ts';
import { qwenFineTunes } from './qwen-fine-tunes.ts';
import { qwenVlModels } from './qwen-vl.ts';
import { qwenModels } from './qwen.ts';
import { qwen3Models } from './qwen3.ts';
import { qwen35Models } from './qwen35.ts';
import { r1DistillModels } from './r1-distill.ts';
import { sentenceEmbeddingModels } from './sentence-embedding.ts';
import { smollmModels } from './smollm.ts';
import { smolvlmModels } from './smolvlm.ts';
import { stablelmModels } from './stablelm.ts';
import { starcoderModels } from './starcoder.ts';
import { t5Models } from './t5.ts';
import { vicunaModels } from './vicuna.ts';
import { visionLanguageModels } from './vision-language.ts';
import { openClipModels } from './open-clip.ts';
import { vitModels } from './vit.ts';
import { xglmModels } from './xglm.ts';
import { yiModels } from './yi.ts';

/** Every model of the catalog. */
export const models: readonly CatalogModel[] = [
  ...apertusModels,
  ...baichuanModels,
  ...bartModels,
  ...bertModels,
  ...bloomModels,
  ...codegenModels,
  ...cohereModels,
  ...dbrxModels,
  ...deepseekModels,
  ...dotsModels,
  ...ernieModels,
  ...exaoneModels,
  ...falconModels,
  ...gemmaModels,
  ...glmModels,
  ...gpt2Models,
  ...gptNeoModels,
  ...gptNeoxModels,
  ...gptOssModels,
  ...graniteModels,
  ...hunyuanModels,
  ...internlmModels,
  ...internvlModels,
  ...kimiLinearModels,
  ...llamaArchitectureModels,
  ...llamaModels,
  ...mambaModels,
  ...mimoModels,
  ...minimaxModels,
  ...mistralFineTunes,
  ...mistralModels,
  ...mptModels,
  ...nemotronModels,
  ...nllbModels,
  ...olmoModels,
  ...optModels,
  ...paligemmaModels,
  ...phiModels,
  ...qwen35Models,
  ...qwen3Models,
  ...qwenFineTunes,
  ...qwenModels,
  ...qwenVlModels,
  ...r1DistillModels,
  ...sentenceEmbeddingModels,
  ...smollmModels,
  ...smolvlmModels,
  ...stablelmModels,
  ...starcoderModels,
  ...t5Models,
  ...vicunaModels,
  ...visionLanguageModels,
  ...openClipModels,
  ...vitModels,
  ...xglmModels,
  ...yiModels,
];
