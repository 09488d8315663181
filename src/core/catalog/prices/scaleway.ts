import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const scaleway: PriceList = {
  provider: 'Scaleway',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'H100-PCIE-80GB', usdPerGpuHour: 3.3, instance: 'H100', region: 'any' },
    { gpu: 'L40S', usdPerGpuHour: 1.7, instance: 'L40S', region: 'any' },
    { gpu: 'L4', usdPerGpuHour: 0.95, instance: 'L4', region: 'any' },
  ],
};
