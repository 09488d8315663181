import { estimateConfig } from '../../src/core/estimate-config.ts';
import { readGuards } from '../../src/core/guards.ts';
import { OpenedFiles } from '../../src/core/reading/opened-files.ts';
import type { EstimatedRun } from '../../src/core/policy/rule.ts';

/** Without policy and plan nothing but the config speaks. */
const guards = readGuards(null);

/** A run config as the product reads, fills in and estimates it. Throws where it does not read one of our own. */
export function estimateCase(id: string, config: object): EstimatedRun {
  const path = `${id}.json`;
  const files = new OpenedFiles([[path, { text: JSON.stringify(config) }]]);
  const { estimated, problems } = estimateConfig(path, files, guards);
  if (estimated === null) throw new Error(`${id}: ${problems.map(({ message }) => message).join('; ')}`);
  return estimated;
}
