import type { ModelShape } from '../../run/model-shape.ts';
import { encoderDecoder, type EncoderDecoderModel } from '../encoder-decoder.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';

const family = { gatedMlp: false, tieWordEmbeddings: true, normsPerLayer: 3 } as const;
const t5 = modelFamily('t5', family);
const mt5 = modelFamily('mt5', family);
/** Version 1.1: a gated MLP, and a head of its own. */
const version11 = { gatedMlp: true, tieWordEmbeddings: false } as const;

/** T5 and its kin: as many layers in the encoder, one table of 32 relative positions in each stack. */
export const t5Models: readonly CatalogModel[] = [
  multilingual('bigscience/mt0-base', 582_401_280, [768, 12, 12, 64, 2048]),
  multilingual('bigscience/mt0-large', 1_229_581_312, [1024, 24, 16, 64, 2816]),
  multilingual('bigscience/mt0-small', 300_176_768, [512, 8, 6, 64, 1024]),
  multilingual('bigscience/mt0-xl', 3_742_619_648, [2048, 24, 32, 64, 5120]),
  multilingual('bigscience/mt0-xxl', 12_921_057_280, [4096, 24, 64, 64, 10240]),
  gated('bigscience/T0', 11_135_332_352, [4096, 24, 64, 64, 10240]),
  gated('bigscience/T0_3B', 2_849_757_184, [2048, 24, 32, 64, 5120]),
  gated('bigscience/T0pp', 11_135_332_352, [4096, 24, 64, 64, 10240]),
  multilingual('CohereForAI/aya-101', 12_921_057_280, [4096, 24, 64, 64, 10240]),
  original('google-t5/t5-11b', 11_307_321_344, [1024, 24, 128, 128, 65536]),
  original('google-t5/t5-3b', 2_851_598_336, [1024, 24, 32, 128, 16384]),
  original('google-t5/t5-base', 222_903_552, [768, 12, 12, 64, 3072]),
  original('google-t5/t5-large', 737_668_096, [1024, 24, 16, 64, 4096]),
  original('google-t5/t5-small', 60_506_624, [512, 6, 8, 64, 2048]),
  gated('google/flan-t5-base', 247_577_856, [768, 12, 12, 64, 2048]),
  gated('google/flan-t5-large', 783_150_080, [1024, 24, 16, 64, 2816]),
  gated('google/flan-t5-small', 76_961_152, [512, 8, 6, 64, 1024]),
  gated('google/flan-t5-xl', 2_849_757_184, [2048, 24, 32, 64, 5120]),
  gated('google/flan-t5-xxl', 11_135_332_352, [4096, 24, 64, 64, 10240]),
  multilingual('google/mt5-base', 582_401_280, [768, 12, 12, 64, 2048]),
  multilingual('google/mt5-large', 1_229_581_312, [1024, 24, 16, 64, 2816]),
  multilingual('google/mt5-small', 300_176_768, [512, 8, 6, 64, 1024]),
  multilingual('google/mt5-xl', 3_742_619_648, [2048, 24, 32, 64, 5120]),
  multilingual('google/mt5-xxl', 12_921_057_280, [4096, 24, 64, 64, 10240]),
  gated('google/t5-v1_1-base', 247_577_856, [768, 12, 12, 64, 2048]),
  gated('google/t5-v1_1-large', 783_150_080, [1024, 24, 16, 64, 2816]),
  gated('google/t5-v1_1-small', 76_961_152, [512, 8, 6, 64, 1024]),
  gated('google/t5-v1_1-xl', 2_849_757_184, [2048, 24, 32, 64, 5120]),
  gated('google/t5-v1_1-xxl', 11_135_332_352, [4096, 24, 64, 64, 10240]),
  model(t5, { id: 'Salesforce/codet5-base', total: 222_882_048, vocabSize: 32100 }, [768, 12, 12, 64, 3072]),
  model(t5, { id: 'Salesforce/codet5-large', total: 737_639_424, vocabSize: 32100 }, [1024, 24, 16, 64, 4096]),
  model(t5, { id: 'Salesforce/codet5-small', total: 60_492_288, vocabSize: 32100 }, [512, 6, 8, 64, 2048]),
  model(t5, { id: 'Salesforce/codet5p-220m', total: 222_882_048, vocabSize: 32100 }, [768, 12, 12, 64, 3072]),
  model(t5, { id: 'Salesforce/codet5p-770m', total: 737_639_424, vocabSize: 32100 }, [1024, 24, 16, 64, 4096]),
];

type Sizes = readonly [hiddenSize: number, numLayers: number, heads: number, headDim: number, intermediateSize: number];

function original(id: string, total: number, sizes: Sizes): CatalogModel {
  return model(t5, { id, total, vocabSize: 32128 }, sizes);
}

function gated(id: string, total: number, sizes: Sizes): CatalogModel {
  return model(t5, { id, total, vocabSize: 32128, origin: 'hub' }, sizes, version11);
}

function multilingual(id: string, total: number, sizes: Sizes): CatalogModel {
  return model(mt5, { id, total, vocabSize: 250112, origin: 'hub' }, sizes, version11);
}

function model(
  ofFamily: typeof t5,
  published: EncoderDecoderModel,
  [hiddenSize, numLayers, numAttentionHeads, headDim, intermediateSize]: Sizes,
  deviations: Partial<ModelShape> = {},
): CatalogModel {
  const positions = 32 * numAttentionHeads;
  const encoder = {
    norm: 'rmsnorm' as const,
    ...{ attentionBias: false, mlpBias: false, gatedMlp: deviations.gatedMlp ?? false },
    embeddingParameters: positions,
  };
  const stack = { hiddenSize, numLayers, numAttentionHeads, headDim, intermediateSize };
  return encoderDecoder(ofFamily, published, stack, encoder, { otherParameters: positions, ...deviations });
}
