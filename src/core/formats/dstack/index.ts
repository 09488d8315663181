import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchedConfigs, launchesIn } from '../launched-configs.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { as } from '../yaml-values.ts';
import { readGpu } from './gpu.ts';

/** A dstack task: the GPUs for the config that its commands launch. */
export const dstack: Format = {
  name: 'dstack',
  title: 'dstack',
  launcher: true,
  syntaxes: ['yaml'],
  signature: ['shm_size', 'commands'],
  recognize: ({ value }) =>
    valueAt(value, ['type']) === 'task' &&
    Array.isArray(valueAt(value, ['commands'])) &&
    typeof valueAt(value, ['resources']) === 'object',
  references: (document) => launchedConfigs(commandsOf(document), document).flat(),
  launches: (document) => launchesIn(commandsOf(document), ['commands'], document),
  read,
};

const amount = z.union([z.string().max(100), z.int()]);

const Task = z.object({
  name: z.string().max(1000).nullish(),
  nodes: as(z.int().min(1).max(100_000)),
  resources: z
    .object({
      gpu: z
        .union([
          amount,
          z.object({
            name: z.union([z.string().max(100), z.array(z.string().max(100)).max(100)]).nullish(),
            count: amount.nullish(),
            memory: amount.nullish(),
          }),
        ])
        .nullish(),
    })
    .nullish(),
});

function read(document: Document): ReadResult {
  const { value: task, problems } = readWithSchema(document, Task);
  if (task === null) return { run: null, problems };
  const stated = new StatedFacts(document);
  const keys = ['resources', 'gpu'];
  const gpu = readGpu(task.resources?.gpu);
  stated.state('hardware.gpu', gpu.name, keys);
  stated.state('hardware.memory_gib', gpu.memoryGib, keys);
  const nodes = task.nodes ?? 1;
  const count = gpu.count === null ? null : gpu.count * nodes;
  if (count !== null && count >= 1 && count <= 100_000) stated.state('hardware.count', count, keys);
  else if (gpu.isOne) stated.imply('hardware.count', nodes);
  const name = task.name ?? nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'dstack', name, facts: stated.facts }, problems: [] };
}

function commandsOf({ value }: Document): string[] {
  const commands = valueAt(value, ['commands']);
  return Array.isArray(commands) ? commands.filter((command) => typeof command === 'string') : [];
}
