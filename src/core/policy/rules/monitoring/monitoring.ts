import { z } from 'zod';
import { lineOf } from '../../cause.ts';
import { defineRule, type EstimatedRun, type RunPair } from '../../rule.ts';

export const monitoring = defineRule({
  name: 'monitoring',
  summary: 'Loss, gradient norm and memory are logged.',
  level: 'warning',
  isAskedFor: (plan) => plan?.recommendations.monitor != null,
  options: z.strictObject({
    required: z
      .array(z.string().min(1).max(100))
      .max(50)
      .optional()
      .describe("What must be logged; the plan's recommendation by default, else loss, grad_norm and memory"),
  }),
  checkPair(pair, options, { plan }) {
    if (pair.head === null || !saysWhatIsLogged(pair)) return [];
    const required = options.required ?? plan?.recommendations.monitor ?? ['loss', 'grad_norm', 'memory'];
    const { log } = pair.head.run.training;
    const missing = required.filter((name) => !isLogged(name, log ?? []));
    if (missing.length === 0) return [];
    const list = missing.join(', ');
    return [
      {
        badness: missing.length,
        place: lineOf(pair, ['training.log']),
        message:
          log === null ? `The config does not say what is logged; ${list} should be.` : `The run does not log ${list}.`,
        action: `Log ${list} (training.log), in the config or, where it can't say so, in the policy's assumptions for it.`,
      },
    ];
  },
});

/** Where neither side states it the framework has no key for it, but for scalegate's own configs. */
function saysWhatIsLogged({ base, head }: RunPair): boolean {
  const isStated = (side: EstimatedRun | null): boolean => side?.run.facts['training.log']?.authority === 'config';
  return head?.run.dialect === 'scalegate' || isStated(base) || isStated(head);
}

/** `grad_norm` is logged as `train/grad-norm` or `gradient_norm` too: a name counts wherever it is part of one. */
function isLogged(name: string, log: readonly string[]): boolean {
  return log.some((entry) => plain(entry).includes(plain(name)));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('gradient', 'grad')
    .replaceAll(/[^a-z0-9]/g, '');
}
