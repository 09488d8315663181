import type { PriceList } from '../price-list.ts';

/** Secure cloud. */
export const runpod: PriceList = {
  provider: 'RunPod',
  source: 'SkyPilot catalog v8, runpod/vms.csv at 01acdfd4',
  date: '2026',
  prices: [
    { gpu: 'A100-PCIE-80GB', usdPerGpuHour: 1.39, instance: '1x_A100-80GB_SECURE', region: 'US' },
    { gpu: 'H100-SXM5-80GB', usdPerGpuHour: 3.29, instance: '4x_H100-SXM_SECURE', region: 'US' },
    { gpu: 'H200-SXM-141GB', usdPerGpuHour: 4.59, instance: '2x_H200-SXM_SECURE', region: 'US' },
  ],
};
