import type { PriceList } from '../price-list.ts';

/**
 * Through the Shadeform broker, whose list follows what is free. Its H100 is left out: the list does not say which card
 * it is.
 */
export const paperspace: PriceList = {
  provider: 'Paperspace',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 3.28, instance: 'A100-sxm4-80GB', region: 'any' },
    { gpu: 'A100-SXM4-40GB', usdPerGpuHour: 3.19, instance: 'A100', region: 'any' },
    { gpu: 'V100-SXM2-32GB', usdPerGpuHour: 2.34, instance: 'V100-32GB', region: 'any' },
  ],
};
