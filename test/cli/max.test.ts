import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { ScratchFolder } from './scratch-folder.ts';

const checkout = resolve(import.meta.dirname, '../..');

interface Maximum {
  readonly what: string;
  readonly value: string | number | null;
  readonly peak_gib: number | null;
  readonly wall_clock_hours: number | null;
  readonly note: string | null;
}

async function maximaOf(line: string, input = ''): Promise<Record<string, Maximum>> {
  const { out } = await runCli(checkout, `max ${line} --json`, { input });
  const { maxima } = JSON.parse(out) as { maxima: Maximum[] };
  return Object.fromEntries(maxima.map((maximum) => [maximum.what, maximum]));
}

async function peakWith(line: string): Promise<number> {
  const { out } = await runCli(checkout, `estimate ${line} --json`);
  return (JSON.parse(out) as { memory: { peak_gib: number } }).memory.peak_gib;
}

const usable = 79.25;

describe('max', () => {
  test('says how far each thing goes, with what it takes', async () => {
    const { session } = await runCli(checkout, 'max examples/configs/large.yaml');
    await expect(session).toMatchFileSnapshot('goldens/max.txt');
  });

  test.each([
    ['micro_batch', 'training.micro_batch_size', 1],
    ['context', 'training.sequence_length', 256],
  ])('the answer of %s fits, and the next does not', async (what, field, step) => {
    const file = 'examples/configs/xl.yaml';
    const value = Number((await maximaOf(file))[what]?.value);
    expect(await peakWith(`${file} --set ${field}=${value}`)).toBeLessThanOrEqual(usable);
    expect(await peakWith(`${file} --set ${field}=${value + step}`)).toBeGreaterThan(usable);
  });

  test('the micro batch divides a global batch that is stated', async () => {
    const text = sampleConfig('xl.yaml').replace(
      'micro_batch_size: 32',
      'micro_batch_size: 32\n  global_batch_size: 8192',
    );
    const { micro_batch: micro } = await maximaOf('-', text);
    expect(128 % Number(micro?.value)).toBe(0);
  });

  test('a published model has a family, with the largest size that fits', async () => {
    const line =
      '--count 8 --set parallelism.sharding=zero3 --set training.activation_checkpointing=full --set training.micro_batch_size=1';
    const { model } = await maximaOf(`Qwen/Qwen3-8B --gpu H200 ${line}`);
    expect(model?.value).toBe('Qwen/Qwen3-32B');
  });

  test('fewest GPUs are those on which it fits', async () => {
    const file = 'examples/configs/xl.yaml --set training.micro_batch_size=8';
    const { gpus } = await maximaOf(file);
    expect(Number(gpus?.value)).toBeLessThan(64);
    expect(await peakWith(`${file} --count ${gpus?.value ?? 0}`)).toBeLessThanOrEqual(usable);
  });

  test('a GPU is fast enough within the time that is asked for', async () => {
    const slow = (await maximaOf('examples/configs/large.yaml --within 60d'))['gpu'];
    const fast = (await maximaOf('examples/configs/large.yaml --within 20h'))['gpu'];
    expect(slow?.value).not.toBe(fast?.value);
    expect(fast?.wall_clock_hours).toBeLessThanOrEqual(20);
    const never = (await maximaOf('examples/configs/large.yaml --within 1h'))['gpu'];
    expect(never).toMatchObject({ value: null, note: 'none on which it fits is fast enough' });
  });

  test.each([
    ['max examples/configs/large.yaml --within soon', '--within: found "soon", expected hours or days: 72h, 3d'],
    ['max examples/configs/large.yaml --gpu h1000', 'did you mean H100-SXM5-80GB?'],
    ['max examples/configs', 'name one config'],
    ['max nothing.yaml', 'nothing.yaml:1:1  this file does not exist.'],
  ])('%s is met with words', async (line, message) => {
    const { err, status } = await runCli(checkout, line);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });

  test('a config without a model is told that nothing can be said', async () => {
    const { path } = new ScratchFolder({ 'a.yaml': 'scalegate: 1\n' });
    expect((await runCli(path, 'max a.yaml')).out).toContain('Nothing can be said: its memory cannot be known');
  });
});

describe('compare', () => {
  test('is a table of hours, dollars, time and memory', async () => {
    const { session } = await runCli(
      checkout,
      'compare examples/configs/large.yaml --gpu A100-80GB,H100,L4 --count 8,64',
    );
    await expect(session).toMatchFileSnapshot('goldens/compare.txt');
  });

  test('says the same as JSON', async () => {
    const { out } = await runCli(checkout, 'compare examples/configs/xl.yaml --gpu H100,L4 --count 24,64 --json');
    const { path, runs } = JSON.parse(out) as {
      path: string;
      runs: { gpu: string; gpu_count: number; fits: boolean }[];
    };
    expect(path).toBe('examples/configs/xl.yaml');
    expect(runs.map(({ gpu, gpu_count: count, fits }) => [gpu, count, fits])).toEqual([
      ['H100-SXM5-80GB', 24, true],
      ['H100-SXM5-80GB', 64, true],
      ['L4', 24, false],
      ['L4', 64, false],
    ]);
  });

  test('names what cannot be run, and takes a billion tokens where their number is unknown', async () => {
    const set = '--set parallelism.tensor=8 --set parallelism.sharding=zero3';
    const { out } = await runCli(checkout, `compare Qwen/Qwen3-8B --gpu H100 --count 8,12 ${set}`);
    expect(out).toContain('cannot be run');
    expect(out).toContain('= 8 does not divide 12 GPUs');
    expect(out).toContain('/ 1B tokens');
  });

  test.each([
    ['--gpu A100,h1000', 'did you mean H100-SXM5-80GB?'],
    ['--count 8,x', '--count: Found "x"'],
  ])('%s is met with what was meant', async (options, message) => {
    const { err, status } = await runCli(checkout, `compare examples/configs/large.yaml ${options}`);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });
});
