import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const denvr: PriceList = {
  provider: 'Denvr',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'A100-SXM4-40GB', usdPerGpuHour: 1.4, instance: 'A100-sxm4x8', region: 'any' },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 1.5, instance: 'A100-sxm4-80GB', region: 'any' },
    { gpu: 'Gaudi2', usdPerGpuHour: 1.1, instance: 'Gaudi2x8', region: 'any' },
  ],
};
