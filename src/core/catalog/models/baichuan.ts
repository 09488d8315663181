import { modelFamily, type CatalogModel } from '../model-family.ts';

const baichuan = modelFamily('llama', {});

/** Baichuan: Llama architecture. */
export const baichuanModels: readonly CatalogModel[] = [
  baichuan('baichuan-inc/Baichuan-13B-Base', 13_264_901_120, 'recalled', [5120, 40, 40, 40, 128, 13696, 64000]),
  baichuan('baichuan-inc/Baichuan-13B-Chat', 13_264_901_120, 'recalled', [5120, 40, 40, 40, 128, 13696, 64000]),
  baichuan('baichuan-inc/Baichuan-7B', 7_000_559_616, 'recalled', [4096, 32, 32, 32, 128, 11008, 64000]),
  baichuan('baichuan-inc/Baichuan2-13B-Base', 13_896_668_160, 'recalled', [5120, 40, 40, 40, 128, 13696, 125696]),
  baichuan('baichuan-inc/Baichuan2-13B-Chat', 13_896_668_160, 'recalled', [5120, 40, 40, 40, 128, 13696, 125696]),
  baichuan('baichuan-inc/Baichuan2-7B-Base', 7_505_973_248, 'recalled', [4096, 32, 32, 32, 128, 11008, 125696]),
  baichuan('baichuan-inc/Baichuan2-7B-Chat', 7_505_973_248, 'recalled', [4096, 32, 32, 32, 128, 11008, 125696]),
];
