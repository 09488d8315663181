import type { PriceList } from '../price-list.ts';

/** With local SSD, in us-central1. H200 is left out: only the GPU without its host was found. */
export const gcp: PriceList = {
  provider: 'Google Cloud',
  source:
    'cloud.google.com prices as collected by Cyclenerd/google-cloud-pricing-cost-calculator, pricing.yml at fd66b26',
  date: '2026-07',
  prices: [
    {
      gpu: 'A100-SXM4-40GB',
      usdPerGpuHour: 3.6734,
      spotUsdPerGpuHour: 1.928,
      instance: 'a2-highgpu-8g',
      region: 'us-central1',
    },
    {
      gpu: 'A100-SXM4-80GB',
      usdPerGpuHour: 5.0688,
      spotUsdPerGpuHour: 2.7595,
      instance: 'a2-ultragpu-8g',
      region: 'us-central1',
    },
    {
      gpu: 'H100-SXM5-80GB',
      usdPerGpuHour: 11.0612,
      spotUsdPerGpuHour: 6.3262,
      instance: 'a3-highgpu-8g',
      region: 'us-central1',
    },
    { gpu: 'L4', usdPerGpuHour: 1.0004, spotUsdPerGpuHour: 0.5624, instance: 'g2-standard-96', region: 'us-central1' },
    {
      gpu: 'RTX-PRO-6000-Blackwell',
      usdPerGpuHour: 4.4999,
      spotUsdPerGpuHour: 1.7998,
      instance: 'g4-standard-384',
      region: 'us-central1',
    },
  ],
};
