import type { ModelShape } from '../../run/training-run.ts';
import { encoderDecoder } from '../encoder-decoder.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';

const t5 = modelFamily('t5', { gatedMlp: false, tieWordEmbeddings: true, normsPerLayer: 3 });

/** T5 and FLAN-T5: as many layers in the encoder, one table of 32 relative positions in each stack. */
export const t5Models: readonly CatalogModel[] = [
  model('google-t5/t5-11b', 11_307_321_344, [1024, 24, 128, 128, 65536]),
  model('google-t5/t5-3b', 2_851_598_336, [1024, 24, 32, 128, 16384]),
  model('google-t5/t5-base', 222_903_552, [768, 12, 12, 64, 3072]),
  model('google-t5/t5-large', 737_668_096, [1024, 24, 16, 64, 4096]),
  model('google-t5/t5-small', 60_506_624, [512, 6, 8, 64, 2048]),
  flan('google/flan-t5-base', 247_577_856, [768, 12, 12, 64, 2048]),
  flan('google/flan-t5-large', 783_150_080, [1024, 24, 16, 64, 2816]),
  flan('google/flan-t5-small', 76_961_152, [512, 8, 6, 64, 1024]),
  flan('google/flan-t5-xl', 2_849_757_184, [2048, 24, 32, 64, 5120]),
  flan('google/flan-t5-xxl', 11_135_332_352, [4096, 24, 64, 64, 10240]),
];

type Sizes = readonly [hiddenSize: number, numLayers: number, heads: number, headDim: number, intermediateSize: number];

/** Version 1.1: a gated MLP, and a head of its own. */
function flan(id: string, total: number, sizes: Sizes): CatalogModel {
  return model(id, total, sizes, { gatedMlp: true, tieWordEmbeddings: false });
}

function model(id: string, total: number, sizes: Sizes, deviations: Partial<ModelShape> = {}): CatalogModel {
  const [hiddenSize, numLayers, numAttentionHeads, headDim, intermediateSize] = sizes;
  const positions = 32 * numAttentionHeads;
  const encoder = {
    norm: 'rmsnorm' as const,
    ...{ attentionBias: false, mlpBias: false, gatedMlp: deviations.gatedMlp ?? false },
    embeddingParameters: positions,
  };
  const stack = { hiddenSize, numLayers, numAttentionHeads, headDim, intermediateSize };
  return encoderDecoder(t5, { id, total, vocabSize: 32128 }, stack, encoder, {
    otherParameters: positions,
    ...deviations,
  });
}
