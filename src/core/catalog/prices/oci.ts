import type { PriceList } from '../price-list.ts';

/** The same in all regions; A100 and H100 unchanged since at least 2023-10. */
export const oci: PriceList = {
  provider: 'Oracle Cloud',
  source: 'SkyPilot catalog v9, oci/vms.csv at a5be5386',
  date: '2026',
  prices: [
    { gpu: 'A10', usdPerGpuHour: 2.0, instance: 'VM.GPU.A10.1', region: 'all' },
    { gpu: 'V100-SXM2-16GB', usdPerGpuHour: 2.95, instance: 'VM.GPU3.1', region: 'all' },
    { gpu: 'A100-SXM4-40GB', usdPerGpuHour: 3.05, instance: 'BM.GPU4.8', region: 'all' },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 4.0, instance: 'BM.GPU.A100-v2.8', region: 'all' },
    { gpu: 'L40S', usdPerGpuHour: 3.5, instance: 'BM.GPU.L40S.4', region: 'all' },
    { gpu: 'H100-SXM5-80GB', usdPerGpuHour: 10.0, instance: 'BM.GPU.H100.8', region: 'all' },
    { gpu: 'H200-SXM-141GB', usdPerGpuHour: 10.0, instance: 'BM.GPU.H200.8', region: 'all' },
  ],
};
