import type { PriceList } from '../price-list.ts';

/** Formerly DataCrunch; prices move with demand. */
export const verda: PriceList = {
  provider: 'Verda',
  source: 'SkyPilot catalog v8, verda/vms.csv at 000c1d0b',
  date: '2026',
  prices: [
    { gpu: 'B300-SXM-288GB', usdPerGpuHour: 6.99, spotUsdPerGpuHour: 2.447, instance: '1B300.30V', region: 'FIN-03' },
    { gpu: 'B200-SXM-180GB', usdPerGpuHour: 4.89, spotUsdPerGpuHour: 1.712, instance: '1B200.30V', region: 'FIN-03' },
    {
      gpu: 'H200-SXM-141GB',
      usdPerGpuHour: 3.39,
      spotUsdPerGpuHour: 1.1865,
      instance: '2H200.141S.88V',
      region: 'FIN-03',
    },
    {
      gpu: 'H100-SXM5-80GB',
      usdPerGpuHour: 2.29,
      spotUsdPerGpuHour: 0.8015,
      instance: '1H100.80S.32V',
      region: 'FIN-03',
    },
    { gpu: 'A100-SXM4-80GB', usdPerGpuHour: 1.29, spotUsdPerGpuHour: 0.4515, instance: '1A100.22V', region: 'FIN-03' },
    { gpu: 'V100-SXM2-16GB', usdPerGpuHour: 0.1381, instance: '1V100.6V', region: 'FIN-03' },
    {
      gpu: 'RTX-PRO-6000-Blackwell',
      usdPerGpuHour: 1.69,
      spotUsdPerGpuHour: 0.5915,
      instance: '1RTXPRO6000.30V',
      region: 'FIN-03',
    },
    { gpu: 'RTX-6000-Ada', usdPerGpuHour: 0.8262, instance: '1RTX6000ADA.10V', region: 'FIN-03' },
  ],
};
