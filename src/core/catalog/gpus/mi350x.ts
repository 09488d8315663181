import { defineGpu } from '../gpu-sheet.ts';

export const mi350x = defineGpu({
  name: 'MI350X',
  aliases: [],
  cloudNames: [],
  vendor: 'AMD',
  architecture: 'CDNA4',
  memoryGib: 288,
  driverMib: null,
  usableGib: null,
  gigabytesPerSecond: 8000,
  // The MI355X's compute units at 2.2 GHz instead of 2.4
  peakTflops: { fp32: 144.2, tf32: null, bf16: 2300, fp16: 2300, fp8: 4600 },
  interconnect: { kind: 'Infinity Fabric (7 links)', gigabytesPerSecond: 1071 },
  gpusPerNode: 8,
  confidence: 'medium',
  recalled: [],
  sources: [
    "AMD's talk at Hot Chips 2025 (clocks, memory, bandwidth), as reported by wccftech.com on 2025-08-26",
    'MLPerf inference v6.1, system 8xMI350X_2xEPYC_9575F by AMD (memory)',
  ],
  notes: "Peaks are the MI355X's by the ratio of the clocks, 2.2 to 2.4 GHz. The air-cooled one of the two.",
});
