import { estimateConfig } from '../../src/core/estimate-config.ts';
import { readGuards } from '../../src/core/guards.ts';
import type { EstimatedRun } from '../../src/core/policy/rule.ts';

/** Without policy and plan nothing but the config speaks. */
const guards = readGuards(null, null);

/** A run config as the product reads, fills in and estimates it. Throws where it does not read one of our own. */
export function estimateCase(id: string, config: object): EstimatedRun {
  const file = { path: `${id}.json`, content: { text: JSON.stringify(config) } };
  const { estimated, problems } = estimateConfig(file, [], guards);
  if (estimated === null) throw new Error(`${id}: ${problems.map(({ message }) => message).join('; ')}`);
  return estimated;
}
