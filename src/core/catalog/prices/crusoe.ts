import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const crusoe: PriceList = {
  provider: 'Crusoe',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'A100-PCIE-80GB', usdPerGpuHour: 2.0, instance: 'A100-80GB', region: 'any' },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 2.3, instance: 'A100-80G-sxm4x8', region: 'any' },
    { gpu: 'L40S', usdPerGpuHour: 1.5, instance: 'L40Sx8', region: 'any' },
  ],
};
