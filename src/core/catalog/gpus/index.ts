import type { Gpu } from '../gpu-sheet.ts';
import { a10 } from './a10.ts';
import { a100Pcie40gb } from './a100-pcie-40gb.ts';
import { a100Pcie80gb } from './a100-pcie-80gb.ts';
import { a100Sxm40gb } from './a100-sxm-40gb.ts';
import { a100Sxm80gb } from './a100-sxm-80gb.ts';
import { a10g } from './a10g.ts';
import { a30 } from './a30.ts';
import { a40 } from './a40.ts';
import { b200 } from './b200.ts';
import { b300 } from './b300.ts';
import { gaudi2 } from './gaudi2.ts';
import { gaudi3 } from './gaudi3.ts';
import { gb200 } from './gb200.ts';
import { gb300 } from './gb300.ts';
import { gh200 } from './gh200.ts';
import { h100Nvl94gb } from './h100-nvl-94gb.ts';
import { h100Pcie80gb } from './h100-pcie-80gb.ts';
import { h100Sxm80gb } from './h100-sxm-80gb.ts';
import { h20 } from './h20.ts';
import { h200 } from './h200.ts';
import { h800 } from './h800.ts';
import { l2 } from './l2.ts';
import { l20 } from './l20.ts';
import { l4 } from './l4.ts';
import { l40 } from './l40.ts';
import { l40s } from './l40s.ts';
import { mi210 } from './mi210.ts';
import { mi250x } from './mi250x.ts';
import { mi300x } from './mi300x.ts';
import { mi325x } from './mi325x.ts';
import { mi350x } from './mi350x.ts';
import { mi355x } from './mi355x.ts';
import { rtx3090 } from './rtx-3090.ts';
import { rtx4090 } from './rtx-4090.ts';
import { rtx5090 } from './rtx-5090.ts';
import { rtx6000Ada } from './rtx-6000-ada.ts';
import { rtxA6000 } from './rtx-a6000.ts';
import { rtxPro6000Blackwell } from './rtx-pro-6000-blackwell.ts';
import { t4 } from './t4.ts';
import { tpuV4 } from './tpu-v4.ts';
import { tpuV5e } from './tpu-v5e.ts';
import { tpuV5p } from './tpu-v5p.ts';
import { tpuV6e } from './tpu-v6e.ts';
import { trainium1 } from './trainium1.ts';
import { trainium2 } from './trainium2.ts';
import { v100Sxm16gb } from './v100-sxm-16gb.ts';
import { v100Sxm32gb } from './v100-sxm-32gb.ts';

/** Every GPU of the catalog; of several that a plain name may mean, the usual one comes first. */
export const gpus: readonly Gpu[] = [
  a100Sxm80gb,
  a100Sxm40gb,
  a100Pcie80gb,
  a100Pcie40gb,
  h100Sxm80gb,
  h100Pcie80gb,
  h100Nvl94gb,
  v100Sxm16gb,
  v100Sxm32gb,
  t4,
  a10,
  a10g,
  a30,
  a40,
  rtxA6000,
  l2,
  l4,
  l20,
  l40,
  l40s,
  rtx3090,
  rtx4090,
  rtx5090,
  rtx6000Ada,
  rtxPro6000Blackwell,
  h800,
  h20,
  h200,
  gh200,
  b200,
  b300,
  gb200,
  gb300,
  mi210,
  mi250x,
  mi300x,
  mi325x,
  mi350x,
  mi355x,
  gaudi2,
  gaudi3,
  tpuV4,
  tpuV5e,
  tpuV5p,
  tpuV6e,
  trainium1,
  trainium2,
];
