import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gpus } from '../gpus/index.ts';
import { listPrice } from '../price.ts';
import { priceLists } from './index.ts';

describe.each(priceLists)('$provider, $source', ({ date, source, prices }) => {
  test('is dated and sourced', () => {
    expect(date).toMatch(/^20\d\d(-(0[1-9]|1[0-2]))?$/);
    expect(source).not.toBe('');
  });

  test('prices GPUs of the catalog, each once', () => {
    const names = prices.map(({ gpu }) => gpu);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(gpus.map((gpu) => gpu.name)).toContain(name);
  });

  test('asks no more for spot capacity than on demand', () => {
    for (const { usdPerGpuHour, spotUsdPerGpuHour = 0 } of prices) {
      expect(spotUsdPerGpuHour).toBeLessThanOrEqual(usdPerGpuHour);
    }
  });

  test('asks a price that someone could pay', () => {
    for (const { usdPerGpuHour } of prices) {
      expect(usdPerGpuHour).toBeGreaterThanOrEqual(0.05);
      expect(usdPerGpuHour).toBeLessThanOrEqual(20);
    }
  });
});

describe('the list price', () => {
  test('is the median over providers, with the band and the month', () => {
    expect(listPrice('A100-SXM4-80GB')).toEqual({
      usdPerGpuHour: 2.895,
      low: 1.29,
      high: 5.0688,
      spot: { low: 0.4515, high: 2.7595 },
      source: '$1.29 to $5.07, median on-demand list price of 10 providers, 2026-07',
      date: '2026-07',
      caveat:
        "neither policy nor plan has a price of this GPU; a list price without discounts, storage and traffic, in each provider's default region; " +
        'spot capacity was $0.45 to $2.76',
    });
  });

  test('of an odd number of providers is one of theirs', () => {
    expect(listPrice('H100-SXM5-80GB')).toMatchObject({ usdPerGpuHour: 3.99, low: 2.29, high: 11.0612 });
  });

  test('leaves out a price a year older than the newest', () => {
    const azure = priceLists.find(({ provider }) => provider === 'Azure')?.prices ?? [];
    const old = azure.find(({ gpu }) => gpu === 'H100-SXM5-80GB')?.usdPerGpuHour;
    expect(listPrice('H100-SXM5-80GB')?.high).toBeLessThan(old!);
  });

  test('falls back on an old one where there is no other, and says how old', () => {
    expect(listPrice('T4')).toMatchObject({ usdPerGpuHour: 0.526, source: 'on-demand list price of Azure, 2024' });
  });

  test('of more than 180 days says so, to who knows the date', () => {
    const caveat = (today: string | null): string => listPrice('A100-SXM4-80GB', today)!.caveat;
    expect(caveat('2026-12-27')).not.toContain('days old');
    expect(caveat('2026-12-29')).toContain('more than 180 days old');
    expect(caveat(null)).not.toContain('days old');
  });

  test.each(['RTX-4090', 'A100', '', '__proto__'])('of "%s" is not known', (name) => {
    expect(listPrice(name)).toBeNull();
  });

  test.each(gpus)('of $name lies within its band', ({ name }) => {
    const price = listPrice(name);
    if (price === null) return;
    expect(price.low).toBeLessThanOrEqual(price.usdPerGpuHour);
    expect(price.usdPerGpuHour).toBeLessThanOrEqual(price.high);
  });
});

test('every file of the folder is in the list', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !['index.ts', 'prices.test.ts'].includes(file));
  const list = readFileSync(`${import.meta.dirname}/index.ts`, 'utf8');
  expect(files.filter((file) => !list.includes(`'./${file}'`))).toEqual([]);
});
