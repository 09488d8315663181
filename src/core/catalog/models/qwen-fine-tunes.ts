import { modelFamily, type CatalogModel } from '../model-family.ts';

const qwen2 = modelFamily('qwen2', { qkvBias: true });

/** Fine-tunes of Qwen2.5 under names of their own. */
export const qwenFineTunes: readonly CatalogModel[] = [
  qwen2('agentica-org/DeepCoder-14B-Preview', 14_770_033_664, 'recalled', [5120, 48, 40, 8, 128, 13824, 152064]),
  qwen2(
    ['agentica-org/DeepScaleR-1.5B-Preview', 'nvidia/Nemotron-Research-Reasoning-Qwen-1.5B'],
    1_777_088_000,
    'recalled',
    [1536, 28, 12, 2, 128, 8960, 151936],
  ),
  qwen2('deepcogito/cogito-v1-preview-qwen-14B', 14_770_033_664, 'recalled', [5120, 48, 40, 8, 128, 13824, 152064]),
  qwen2('deepcogito/cogito-v1-preview-qwen-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('GAIR/LIMO', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('NovaSky-AI/Sky-T1-32B-Preview', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('nvidia/AceReason-Nemotron-14B', 14_770_033_664, 'recalled', [5120, 48, 40, 8, 128, 13824, 152064]),
  qwen2('nvidia/AceReason-Nemotron-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
  qwen2('nvidia/OpenReasoning-Nemotron-14B', 14_770_033_664, 'recalled', [5120, 48, 40, 8, 128, 13824, 152064]),
  qwen2('nvidia/OpenReasoning-Nemotron-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('nvidia/OpenReasoning-Nemotron-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
  qwen2('open-r1/OlympicCoder-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('open-r1/OlympicCoder-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
  qwen2('open-r1/OpenR1-Qwen-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
  qwen2('open-thoughts/OpenThinker-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
  qwen2('open-thoughts/OpenThinker-7B', 7_615_616_512, 'recalled', [3584, 28, 28, 4, 128, 18944, 152064]),
  qwen2('simplescaling/s1-32B', 32_763_876_352, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064]),
];
