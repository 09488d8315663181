import { z } from 'zod';
import { showText } from '../../../document/show-value.ts';
import { guessedFormat } from '../../../run/mapping.ts';
import { startOf } from '../../../problem.ts';
import type { Facts } from '../../../run/facts.ts';
import { defineRule, type EstimatedRun } from '../../rule.ts';

export const guessedConfig = defineRule({
  name: 'guessed-config',
  summary: 'Every config that changes is of a known format, or the policy maps its keys.',
  level: 'warning',
  options: z.strictObject({}),
  comparesSides: true,
  checkPair({ path, base, head }) {
    if (head?.run.dialect !== guessedFormat) return [];
    if (base !== null && valuesOf(base) === valuesOf(head)) return [];
    const fields = Object.keys(head.run.facts).filter((field) => field !== 'name');
    return [
      {
        place: startOf(path),
        message: `The format of this config is not known: ${fields.length} facts were told by the names of its keys.`,
        action: `Confirm them: put what ${showCommand(path)} prints under "formats" in the policy.`,
      },
    ];
  },
});

function showCommand(path: string): string {
  return `\`scalegate map ${showText(path).slice(1, -1).replaceAll('`', '')}\``;
}

/** What was told, without its places, which move with any line. */
function valuesOf({ run }: EstimatedRun): string {
  const facts: Facts = run.facts;
  return JSON.stringify(Object.entries(facts).map(([field, { value }]) => [field, value]));
}
