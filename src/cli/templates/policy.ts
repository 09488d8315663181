import { posix } from 'node:path';
import { stringify } from 'yaml';
import type { ProposedFormat } from '../../core/formats/generic/mapping-text.ts';
import { formatsText } from '../propose-formats.ts';

const schema = 'https://raw.githubusercontent.com/scalegate/scalegate/v1/schemas/policy.schema.json';

/**
 * A first policy: the plan that was found, and the settings that most teams change, each with its default. It lists no
 * configs, so that one which is added in a new place is seen, too; a comment has the globs of those that were found.
 */
export function policyTemplate(
  configs: readonly string[],
  planPaths: readonly string[],
  formats: readonly ProposedFormat[] = [],
): string {
  const found = {
    scalegate_policy: 1,
    ...(planPaths.length === 0 ? {} : { plan: planPaths.length === 1 ? planPaths[0] : planPaths }),
  };
  return `# yaml-language-server: $schema=${schema}
# What scalegate holds pull requests against. It is always read from the base branch.
${stringify(found)}
# Training configs are told by their content, wherever they lie. A list makes every file that it matches a config,
# one that can't be read an error, and leaves out the rest of the repository.
# configs: ${JSON.stringify(globsOf(configs))}

${ownFormats(formats)}# Who may approve a jump in scale: users, teams, or repository roles.
approvers:
  roles: [admin, maintain]
  count: 1

# Facts that configs never hold, per glob. Uncomment what fits your cluster.
# assumptions:
#   - files: ["**"]
#     hardware: { gpu: A100-80GB, count: 64, usd_per_gpu_hour: 2.50 }

# Levels: off, notice, warning, approval, error. Every rule has a page under docs/rules.
# rules:
#   budget: { level: error, max_cost_usd: 10000, max_gpu_hours: 4000 }
#   monitoring: off
`;
}

/** What the keys of own configs mean: without an entry they are told by their names each time. */
function ownFormats(formats: readonly ProposedFormat[]): string {
  if (formats.length === 0) return '';
  return `# Configs of your own, by the names of their keys. Check each line: from now on they are facts.\n${formatsText(formats)}\n\n`;
}

/** The folders of the configs as globs, ten at most; for configs at the root, and where there are none, an example. */
function globsOf(configs: readonly string[]): string[] {
  const folders = new Set(configs.map((path) => posix.dirname(path)).filter((path) => path !== '.'));
  const outer = [...folders].filter((path) => ![...folders].some((other) => path.startsWith(`${other}/`)));
  return outer.length === 0
    ? ['configs/**']
    : outer
        .sort()
        .slice(0, 10)
        .map((path) => `${path}/**`);
}
