import { encoderDecoder } from '../encoder-decoder.ts';
import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const m2m100 = modelFamily('m2m_100', { ...gpt, tieWordEmbeddings: true, normsPerLayer: 3 });

/** M2M-100 and NLLB: as many layers in the encoder, positions are sines. */
export const nllbModels: readonly CatalogModel[] = [
  model('facebook/m2m100_418M', 483_905_536, [1024, 12, 4096], 128112),
  model('facebook/nllb-200-1.3B', 1_370_638_336, [1024, 24, 8192], 256206),
  model('facebook/nllb-200-3.3B', 3_344_863_232, [2048, 24, 8192], 256206),
  model('facebook/nllb-200-distilled-1.3B', 1_370_638_336, [1024, 24, 8192], 256206),
  model('facebook/nllb-200-distilled-600M', 615_073_792, [1024, 12, 4096], 256206),
];

type Sizes = readonly [hiddenSize: number, numLayers: number, intermediateSize: number];

function model(
  id: string,
  total: number,
  [hiddenSize, numLayers, intermediateSize]: Sizes,
  vocabSize: number,
): CatalogModel {
  const stack = { hiddenSize, numLayers, numAttentionHeads: 16, intermediateSize };
  return encoderDecoder(m2m100, { id, total, vocabSize }, stack, { embeddingParameters: 0 });
}
