import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const excesssupply: PriceList = {
  provider: 'Excess Supply',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 3.0, instance: 'A100-sxm4-80GBx8', region: 'any' },
    { gpu: 'H200-SXM-141GB', usdPerGpuHour: 4.0, instance: 'H200x8', region: 'any' },
  ],
};
