import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const hyperstack: PriceList = {
  provider: 'Hyperstack',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'RTX-A6000', usdPerGpuHour: 0.5, instance: 'A6000', region: 'any' },
    { gpu: 'L40', usdPerGpuHour: 1.0, instance: 'L40', region: 'any' },
  ],
};
