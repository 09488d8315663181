import type { PriceList } from '../price-list.ts';

/** In us-east-1 where it is sold there. The month follows from a dated spot price in the same commit. */
export const aws: PriceList = {
  provider: 'AWS',
  source: 'SkyPilot catalog v9, aws/vms.csv at 2c3d7ea7',
  date: '2026-07',
  prices: [
    {
      gpu: 'A100-SXM4-40GB',
      usdPerGpuHour: 2.7447,
      spotUsdPerGpuHour: 1.2372,
      instance: 'p4d.24xlarge',
      region: 'us-east-1',
    },
    {
      gpu: 'A100-SXM4-80GB',
      usdPerGpuHour: 3.4309,
      spotUsdPerGpuHour: 2.1491,
      instance: 'p4de.24xlarge',
      region: 'us-east-1',
    },
    {
      gpu: 'H100-SXM5-80GB',
      usdPerGpuHour: 6.88,
      spotUsdPerGpuHour: 2.27,
      instance: 'p5.48xlarge',
      region: 'us-east-1',
    },
    {
      gpu: 'H200-SXM-141GB',
      usdPerGpuHour: 7.912,
      spotUsdPerGpuHour: 1.9821,
      instance: 'p5en.48xlarge',
      region: 'us-east-1',
    },
    {
      gpu: 'B200-SXM-180GB',
      usdPerGpuHour: 14.2416,
      spotUsdPerGpuHour: 3.015,
      instance: 'p6-b200.48xlarge',
      region: 'us-east-1',
    },
    {
      gpu: 'B300-SXM-288GB',
      usdPerGpuHour: 17.802,
      spotUsdPerGpuHour: 1.9977,
      instance: 'p6-b300.48xlarge',
      region: 'us-west-2',
    },
    { gpu: 'L40S', usdPerGpuHour: 3.7664, spotUsdPerGpuHour: 1.4243, instance: 'g6e.48xlarge', region: 'us-east-1' },
  ],
};
