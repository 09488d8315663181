import type { PriceList } from '../price-list.ts';

export const nebius: PriceList = {
  provider: 'Nebius',
  source: 'SkyPilot catalog v9, nebius/vms.csv at d9bf3aa4',
  date: '2026',
  prices: [
    {
      gpu: 'H100-SXM5-80GB',
      usdPerGpuHour: 2.95,
      spotUsdPerGpuHour: 1.25,
      instance: 'gpu-h100-sxm_8gpu-128vcpu-1600gb',
      region: 'eu-north1',
    },
    {
      gpu: 'H200-SXM-141GB',
      usdPerGpuHour: 3.5,
      spotUsdPerGpuHour: 1.45,
      instance: 'gpu-h200-sxm_8gpu-128vcpu-1600gb',
      region: 'eu-north1',
    },
    { gpu: 'L40S', usdPerGpuHour: 1.5484, instance: 'gpu-l40s-a_1gpu-8vcpu-32gb', region: 'eu-north1' },
    {
      gpu: 'B200-SXM-180GB',
      usdPerGpuHour: 5.5,
      spotUsdPerGpuHour: 2.9,
      instance: 'gpu-b200-sxm_8gpu-160vcpu-1792gb',
      region: 'us-central1',
    },
  ],
};
