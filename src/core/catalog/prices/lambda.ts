import type { PriceList } from '../price-list.ts';

/** The same in all regions. */
export const lambda: PriceList = {
  provider: 'Lambda',
  source: 'SkyPilot catalog v9, lambda/vms.csv at 2c3d7ea7',
  date: '2026-07',
  prices: [
    { gpu: 'V100-SXM2-16GB', usdPerGpuHour: 0.79, instance: 'gpu_8x_v100_n', region: 'us-east-1' },
    { gpu: 'RTX-A6000', usdPerGpuHour: 1.09, instance: 'gpu_1x_a6000', region: 'us-east-1' },
    { gpu: 'A10', usdPerGpuHour: 1.29, instance: 'gpu_1x_a10', region: 'us-east-1' },
    { gpu: 'A100-SXM4-40GB', usdPerGpuHour: 1.99, instance: 'gpu_8x_a100', region: 'us-east-1' },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 2.79, instance: 'gpu_8x_a100_80gb_sxm4', region: 'us-east-1' },
    { gpu: 'H100-PCIE-80GB', usdPerGpuHour: 3.29, instance: 'gpu_1x_h100_pcie', region: 'us-east-1' },
    { gpu: 'H100-SXM5-80GB', usdPerGpuHour: 3.99, instance: 'gpu_8x_h100_sxm5', region: 'us-east-1' },
    { gpu: 'B200-SXM-180GB', usdPerGpuHour: 6.69, instance: 'gpu_8x_b200_sxm6', region: 'us-east-1' },
    { gpu: 'GH200-96GB', usdPerGpuHour: 2.29, instance: 'gpu_1x_gh200', region: 'us-east-1' },
  ],
};
