import { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Facts } from '../../run/facts.ts';
import { factsFrom } from '../../run/run-schema.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** scalegate's own run config: every field by its own name. */
export const scalegate: Format = {
  name: 'scalegate',
  title: 'scalegate',
  syntaxes: ['yaml', 'json', 'jsonc', 'toml'],
  duplicateKeys: 'refused',
  signature: ['scalegate'],
  recognize: ({ value }) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'scalegate'),
  references: () => [],
  read,
  spell: (field, value) => [{ keys: field.split('.'), value }],
};

const Version = z.looseObject({
  scalegate: z.unknown().refine((version) => version === 1, 'version 1, the only one that this release reads'),
});

function read(document: Document): ReadResult {
  const version = readWithSchema(document, Version);
  if (version.problems.length > 0) return { run: null, problems: version.problems };
  const { facts, problems } = factsFrom(document, [], 'config', { except: ['scalegate'] });
  if (problems.length > 0) return { run: null, problems };
  const name = facts.name?.value ?? nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'scalegate', name, facts: withoutNone(facts) }, problems: [] };
}

/** `gpu: None` is how Python prints a GPU that nobody stated. */
function withoutNone(facts: Facts): Facts {
  const { 'hardware.gpu': gpu, ...others } = facts;
  return gpu === undefined || /^none$/i.test(gpu.value) ? others : facts;
}
