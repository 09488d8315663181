import type { PriceList } from '../price-list.ts';

/** Late in the year. The H100 machine has 8 GPUs, not the 12 of its source. */
export const azure: PriceList = {
  provider: 'Azure',
  source: 'SkyPilot catalog v6, azure/vms.csv at 098741e7',
  date: '2024',
  prices: [
    { gpu: 'A100-PCIE-80GB', usdPerGpuHour: 3.673, instance: 'Standard_NC96ads_A100_v4', region: 'eastus' },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 4.0963, instance: 'Standard_ND96amsr_A100_v4', region: 'eastus' },
    { gpu: 'A100-SXM4-40GB', usdPerGpuHour: 3.3996, instance: 'Standard_ND96asr_v4', region: 'eastus' },
    { gpu: 'H100-SXM5-80GB', usdPerGpuHour: 12.29, instance: 'Standard_ND96isr_H100_v5', region: 'eastus' },
    { gpu: 'H100-NVL-94GB', usdPerGpuHour: 6.98, instance: 'Standard_NC40ads_H100_v5', region: 'eastus' },
    { gpu: 'V100-SXM2-32GB', usdPerGpuHour: 2.754, instance: 'Standard_ND40rs_v2', region: 'eastus' },
    { gpu: 'T4', usdPerGpuHour: 0.526, instance: 'Standard_NC4as_T4_v3', region: 'eastus' },
  ],
};
