import type { PriceList } from '../price-list.ts';

/** Through the Shadeform broker, whose list follows what is free. */
export const massedcompute: PriceList = {
  provider: 'Massed Compute',
  source: 'SkyPilot catalog v8, shadeform/vms.csv at 002363da',
  date: '2026',
  prices: [
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 1.38, instance: 'A100-sxm4-80GBx8', region: 'any' },
    { gpu: 'A100-PCIE-80GB', usdPerGpuHour: 1.35, instance: 'A100-80GB', region: 'any' },
    { gpu: 'H100-PCIE-80GB', usdPerGpuHour: 2.73, instance: 'H100', region: 'any' },
    { gpu: 'L40S', usdPerGpuHour: 0.88, instance: 'L40S', region: 'any' },
    { gpu: 'RTX-A6000', usdPerGpuHour: 0.57, instance: 'A6000', region: 'any' },
    { gpu: 'RTX-6000-Ada', usdPerGpuHour: 0.97, instance: 'RTX6000Ada', region: 'any' },
    { gpu: 'RTX-PRO-6000-Blackwell', usdPerGpuHour: 2.19, instance: 'RTXPro6000', region: 'any' },
  ],
};
