import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchedConfigs, launchesIn } from '../launched-configs.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { as } from '../yaml-values.ts';

/** A SkyPilot task: the GPUs for the config that its commands launch. oumi's jobs have the same form. */
export const skypilot: Format = {
  name: 'skypilot',
  title: 'SkyPilot',
  launcher: true,
  syntaxes: ['yaml'],
  signature: ['accelerators', 'file_mounts', 'num_nodes'],
  recognize,
  references: (document) => launchedConfigs([textAt(document, 'setup'), textAt(document, 'run')], document).flat(),
  launches: (document) =>
    (['setup', 'run'] as const).flatMap((key) => launchesIn([textAt(document, key)], [key], document)),
  read,
};

const Task = z.object({
  name: z.string().max(1000).nullish(),
  num_nodes: as(z.int().min(1).max(100_000)),
  resources: z
    .object({
      accelerators: z
        .union([z.string().max(200), z.array(z.string().max(200)).max(1000), z.record(z.string(), z.unknown())])
        .nullish(),
    })
    .nullish(),
});

/** Keys of a service, of dstack, and of the other files that have commands under `run`. */
const foreign = ['scalegate', 'service', 'type', 'apiVersion', 'jobs', 'on', 'services', 'runs'];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const resources = valueAt(value, ['resources']);
  const needsMachines = (typeof resources === 'object' && resources !== null) || has('num_nodes');
  const hasCommands = ['run', 'setup'].some((key) => typeof valueAt(value, [key]) === 'string');
  return needsMachines && hasCommands && !foreign.some(has);
}

function read(document: Document): ReadResult {
  const { value: task, problems } = readWithSchema(document, Task);
  if (task === null) return { run: null, problems };
  const stated = new StatedFacts(document);
  const keys = ['resources', 'accelerators'];
  const alternatives = alternativesOf(task.resources?.accelerators);
  const [first] = alternatives;
  // Alternatives leave the type open; how many there are is only known where all have as many.
  if (first !== undefined && alternatives.length === 1) stated.state('hardware.gpu', gpuNamed(first.name), keys);
  if (first !== undefined && alternatives.every(({ count }) => count === first.count)) {
    const count = first.count * (task.num_nodes ?? 1);
    if (Number.isInteger(count) && count >= 1 && count <= 100_000) stated.state('hardware.count', count, keys);
  }
  const name = task.name ?? nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'skypilot', name, facts: stated.facts }, problems: [] };
}

interface Accelerator {
  readonly name: string;
  readonly count: number;
}

/** `A100:8`, `{A100: 8}`, or several of which the cheapest is taken (SkyPilot docs, "Task YAML"). */
function alternativesOf(written: unknown): Accelerator[] {
  if (typeof written === 'string') return accelerator(written.split(':'));
  if (Array.isArray(written)) return written.flatMap((item) => accelerator(String(item).split(':')));
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([name, count]) => accelerator([name, count ?? 1]));
}

function accelerator([name, count = 1]: readonly unknown[]): Accelerator[] {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100) return [];
  return [{ name: name.trim(), count: Number(count) }];
}

/** SkyPilot's A100 is the one of 40 GB; that of 80 GB is A100-80GB (`sky show-gpus`). */
function gpuNamed(name: string): string {
  return name.toUpperCase() === 'A100' ? 'A100-40GB' : name;
}

function textAt({ value }: Document, key: string): string {
  const text = valueAt(value, [key]);
  return typeof text === 'string' ? text : '';
}
