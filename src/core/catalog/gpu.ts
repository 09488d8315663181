import { nearestNames } from '../document/nearest.ts';
import { gibibyte } from '../units/bytes.ts';
import { readGpuName, type GpuName } from './gpu-name.ts';
import type { Gpu } from './gpu-sheet.ts';
import { gpus } from './gpus/index.ts';

export interface FoundGpu {
  readonly gpu: Gpu;
  /** What was taken for granted where the name leaves the card open, in one sentence; null when it does not. */
  readonly assumed: string | null;
}

/**
 * The catalog's GPU by any of its usual names, or by a cloud's name for the machine; null for one that the catalog
 * lacks. A plain name ("A100") is taken as the usual card, the 80 GB SXM one, unless `memoryGib` says otherwise. Memory
 * that no variant has is believed: the card is then taken with that memory.
 */
export function findGpu(name: string, memoryGib: number | null = null): FoundGpu | null {
  const found = findByCloudName(name) ?? findByName(name, memoryGib) ?? findByName(withUnit(name), memoryGib);
  if (found === null || memoryGib === null || hasMemory(found.gpu, memoryGib)) return found;
  return withMemory(found.gpu, memoryGib, name);
}

/** Names of the catalog that a misspelled one may mean. */
export function similarGpus(name: string): readonly string[] {
  const chip = readGpuName(name)?.chip ?? name;
  // The usual card of a chip comes first in the list
  const names = new Map(
    cards.toReversed().flatMap(({ gpu, names }) => names.map(({ chip: known }) => [known, gpu.name])),
  );
  return nearestNames(chip, [...names.keys()]).flatMap((near) => names.get(near) ?? []);
}

function findByCloudName(name: string): FoundGpu | null {
  const wanted = name.trim().toLowerCase();
  const gpu = gpus.find(({ sheet }) => sheet.cloudNames.some((cloudName) => matches(cloudName.toLowerCase(), wanted)));
  return gpu === undefined ? null : { gpu, assumed: null };
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** `A100-40` is short for A100-40GB. */
function withUnit(name: string): string {
  return name.replace(/[ _-]\d{2,3}\s*$/, (size) => `${size.trimEnd()}GB`);
}

function findByName(name: string, memoryGib: number | null): FoundGpu | null {
  const read = readGpuName(name);
  if (read === null) return null;
  const wanted = { ...read, memoryGib: read.memoryGib ?? memoryGib };
  const exact = cards.find(({ names }) => names.some((known) => isSame(known, wanted)));
  if (exact !== undefined) return { gpu: exact.gpu, assumed: null };

  const variants = cards.filter((card) => isVariant(card, wanted)).map(({ gpu }) => gpu);
  const { memoryGib: size } = wanted;
  const fitting = size === null ? variants : variants.filter((gpu) => hasMemory(gpu, size));
  const [first = variants[0]] = fitting;
  if (first === undefined) return null;
  if (size !== null && fitting.length === 0) return withMemory(first, size, name);
  return { gpu: first, assumed: fitting.length > 1 ? `${name} taken as the usual card, ${first.name}` : null };
}

interface Card {
  readonly gpu: Gpu;
  /** Name and aliases, taken apart; the name comes first and is complete. */
  readonly names: readonly GpuName[];
}

const cards: readonly Card[] = gpus.map((gpu) => ({ gpu, names: namesOf(gpu) }));

function namesOf(gpu: Gpu): GpuName[] {
  return [gpu.name, ...gpu.sheet.aliases].map(readGpuName).filter((name) => name !== null);
}

function isSame(known: GpuName, wanted: GpuName): boolean {
  return (
    known.chip === wanted.chip &&
    known.formFactor === wanted.formFactor &&
    known.memoryType === wanted.memoryType &&
    known.memoryGib === wanted.memoryGib
  );
}

/** The chip is the one wanted, and the form factor too where a name has one. */
function isVariant({ names }: Card, { chip, formFactor }: GpuName): boolean {
  const own = names[0]?.formFactor ?? null;
  const agrees = own === null || formFactor === null || own === formFactor;
  return agrees && names.some((known) => known.chip === chip);
}

/** The size is the marketed, the driver's or the usable one, to 1%, or that of an alias ("B200-192GB"). */
function hasMemory(gpu: Gpu, memoryGib: number): boolean {
  const { driverMib, usableGib } = gpu.sheet;
  const sizes = [gpu.sheet.memoryGib, driverMib === null ? null : driverMib / 1024, usableGib];
  if (sizes.some((size) => size !== null && Math.abs(size - memoryGib) <= 0.01 * size)) return true;
  return namesOf(gpu).some((name) => name.memoryGib === memoryGib);
}

function withMemory(gpu: Gpu, memoryGib: number, name: string): FoundGpu {
  return {
    gpu: { ...gpu, memoryBytes: memoryGib * gibibyte, usableMemoryBytes: null },
    assumed: `${name} taken as ${gpu.name} with ${memoryGib} GiB, a size that the catalog does not have`,
  };
}
