import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGpuName } from '../gpu-name.ts';
import { findGpu } from '../gpu.ts';
import { gpus } from './index.ts';

const sheets = gpus.map(({ sheet }) => sheet);

describe.each(gpus)('$name', (gpu) => {
  const { sheet } = gpu;

  test('has a source', () => {
    expect(sheet.sources.length).toBeGreaterThan(0);
    expect(sheet.sources.join()).not.toMatch(/session|corpus|mirror/);
  });

  test('has no more usable memory than the driver shows, and no more of that than the vendor sells', () => {
    const driverGib = (sheet.driverMib ?? Infinity) / 1024;
    expect(sheet.usableGib ?? 0).toBeLessThanOrEqual(Math.min(driverGib, sheet.memoryGib));
    expect(sheet.driverMib ?? 0).toBeLessThanOrEqual(sheet.memoryGib * 1024);
    expect(gpu.usableMemoryBytes ?? 0).toBeLessThanOrEqual(gpu.memoryBytes);
  });

  test('computes no slower in a shorter type', () => {
    const { fp32, tf32, bf16, fp16, fp8 } = sheet.peakTflops;
    expect(bf16 ?? fp16).not.toBeNull();
    expect(fp32 ?? 0).toBeLessThanOrEqual(tf32 ?? Infinity);
    expect(tf32 ?? 0).toBeLessThanOrEqual(bf16 ?? Infinity);
    expect(bf16 ?? 0).toBeLessThanOrEqual(fp8 ?? Infinity);
  });

  test('has peaks and bandwidth of the size that such chips have', () => {
    const peak = sheet.peakTflops.bf16 ?? sheet.peakTflops.fp16 ?? 0;
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(3000);
    expect(sheet.gigabytesPerSecond).toBeGreaterThanOrEqual(300);
    expect(sheet.gigabytesPerSecond).toBeLessThanOrEqual(8000);
  });

  test('is found by its name and by each of its aliases', () => {
    for (const name of [gpu.name, ...sheet.aliases, gpu.name.toLowerCase().replaceAll('-', ' ')]) {
      expect(findGpu(name)).toEqual({ gpu, assumed: null });
    }
  });

  test('is found by what clouds call it', () => {
    for (const cloudName of sheet.cloudNames)
      expect(findGpu(cloudName.replace('*', 'x'))).toEqual({ gpu, assumed: null });
  });
});

test('every file of the folder is in the list', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !['index.ts', 'gpus.test.ts'].includes(file));
  expect(files).toHaveLength(gpus.length);
});

test('no name stands for two GPUs', () => {
  const names = sheets.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((each) => JSON.stringify(readGpuName(each))),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const cloudNames = sheets.flatMap((sheet) => sheet.cloudNames.map((name) => name.toLowerCase()));
  expect(cloudNames.filter((name, index) => cloudNames.indexOf(name) !== index)).toEqual([]);
});

describe('a name is found however it is spelled', () => {
  test.each([
    ['NVIDIA A100 80GB', 'A100-SXM4-80GB'],
    ['A100-80GB', 'A100-SXM4-80GB'],
    ['a100 80 GiB', 'A100-SXM4-80GB'],
    ['NVIDIA A100-SXM4-40GB', 'A100-SXM4-40GB'],
    ['NVIDIA A100 80GB PCIe', 'A100-PCIE-80GB'],
    ['NVIDIA H100 80GB HBM3', 'H100-SXM5-80GB'],
    ['H100 SXM', 'H100-SXM5-80GB'],
    ['H100 PCIe', 'H100-PCIE-80GB'],
    ['H100 NVL', 'H100-NVL-94GB'],
    ['B200 (178.4 GiB visible)', 'B200-SXM-180GB'],
    ['B200 192GB', 'B200-SXM-180GB'],
    ['NVIDIA GH200 480GB', 'GH200-96GB'],
    ['Tesla V100-SXM2-32GB', 'V100-SXM2-32GB'],
    ['GeForce RTX 4090', 'RTX-4090'],
    ['RTX4090', 'RTX-4090'],
    ['AMD Instinct MI300X OAM', 'MI300X'],
    ['NVIDIA L40S', 'L40S'],
    ['Gaudi 2', 'Gaudi2'],
    ['4090', 'RTX-4090'],
    ['3090', 'RTX-3090'],
    ['rtx 6000 ada', 'RTX-6000-Ada'],
    ['6000 Ada', 'RTX-6000-Ada'],
    ['A6000', 'RTX-A6000'],
    ['RTX PRO 6000', 'RTX-PRO-6000-Blackwell'],
    ['A100-40', 'A100-SXM4-40GB'],
    ['a100_80', 'A100-SXM4-80GB'],
    ['A100-80g', 'A100-SXM4-80GB'],
    ['V100 32', 'V100-SXM2-32GB'],
    ['L20', 'L20'],
    ['MI350X', 'MI350X'],
  ])('%s is the %s', (name, gpu) => {
    expect(findGpu(name)).toMatchObject({ gpu: { name: gpu }, assumed: null });
  });
});

describe('a name that leaves the card open', () => {
  test.each([
    ['A100', 'A100-SXM4-80GB'],
    ['NVIDIA A100', 'A100-SXM4-80GB'],
    ['A100 PCIe', 'A100-PCIE-80GB'],
    ['H100', 'H100-SXM5-80GB'],
    ['H100 80GB', 'H100-SXM5-80GB'],
    ['V100', 'V100-SXM2-16GB'],
  ])('%s is taken as the %s, and says so', (name, gpu) => {
    expect(findGpu(name)).toMatchObject({ gpu: { name: gpu }, assumed: expect.stringContaining(gpu) as string });
  });

  test.each([
    ['A100', 40, 'A100-SXM4-40GB'],
    ['A100', 80, 'A100-SXM4-80GB'],
    ['A100 SXM', 39.5, 'A100-SXM4-40GB'],
    ['V100', 32, 'V100-SXM2-32GB'],
    ['H100', 94, 'H100-NVL-94GB'],
  ])('%s with %d GiB stated is the %s', (name, memoryGib, gpu) => {
    expect(findGpu(name, memoryGib)).toMatchObject({ gpu: { name: gpu }, assumed: null });
  });
});

test.each([
  ['H100 SXM (96GB HBM2e variant)', null, 96],
  ['H100 SXM', 96, 96],
  ['A100-80GB', 64, 64],
  ['p4d.24xlarge', 64, 64],
])('memory that no variant has is believed and said: %s, %s', (name, memoryGib, gib) => {
  const found = findGpu(name, memoryGib);
  expect(found?.gpu).toMatchObject({ memoryBytes: gib * 2 ** 30, usableMemoryBytes: null });
  expect(found?.assumed).toContain(`${gib} GiB`);
});

test.each([
  '',
  'GPU',
  '80GB',
  'RTX 3090 Ti',
  'RTX',
  'RTX 6000',
  '80',
  'A100-7',
  'H100 MIG 1g.10gb',
  'A100X',
  'H200 NVL',
  'TPU',
  '__proto__',
  'a100 40GB/80GB',
])('"%s" is no GPU of the catalog', (name) => {
  expect(findGpu(name)).toBeNull();
});

test('the MI250X is counted by the die, the device that a process sees', () => {
  expect(findGpu('MI250X', 128)?.gpu.memoryBytes).toBe(64 * 2 ** 30);
});

test('any text at all is read without failing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (name) => {
      const found = findGpu(name, 80);
      if (found !== null) expect(found.gpu.memoryBytes).toBeGreaterThan(0);
    }),
  );
  expect(findGpu('('.repeat(1e5))).toBeNull();
});
