import type { PriceList } from '../price-list.ts';

/** Per chip; the table is written by hand and its age unknown. */
export const gcpTpu: PriceList = {
  provider: 'Google Cloud',
  source: 'gpuhunt TPU price table (dstackai/gpuhunt@35841515)',
  date: '2026',
  prices: [
    { gpu: 'TPU-v6e', usdPerGpuHour: 2.7, instance: 'per chip', region: 'us-east1' },
    { gpu: 'TPU-v5p', usdPerGpuHour: 4.2, instance: 'per chip', region: 'us-east1' },
    { gpu: 'TPU-v5e', usdPerGpuHour: 1.2, instance: 'per chip', region: 'us-central1' },
    { gpu: 'TPU-v4', usdPerGpuHour: 3.22, instance: 'per chip', region: 'us-central2' },
  ],
};
