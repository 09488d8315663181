import { memoryVerdict } from '../policy/memory-verdict.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatOdds } from '../units/odds.ts';
import { peakOfLimit } from './figures.ts';

/**
 * Why a run that the gate lets through may die of its memory, as a title says it; null where nothing speaks for that.
 * `others` are those of the same pull request that may as well.
 */
export function memoryDoubt(run: EstimatedRun, code: string, others = 0): string | null {
  const peak = peakOfLimit(run);
  if (peak === null) return null;
  const name = others === 0 ? code : `${code} and ${others.toLocaleString('en-US')} more`;
  const verdict = memoryVerdict(run);
  switch (verdict.kind) {
    case 'may-not-fit':
      return `${name} may not fit: ${peak}, ${formatOdds(verdict.probability)} such runs don't`;
    case 'over-as-assumed':
    case 'fits-as-assumed': {
      const [fact] = verdict.deciding;
      if (fact === undefined) return null;
      return `${name} may not fit: ${peak} ${fact.taken}, ${formatGib(fact.peakBytes)} ${fact.otherwise}; the config does not say which`;
    }
    case 'over-unless-all':
      return `${name} may not fit: ${peak} as read; what is not stated may lower it`;
    case 'over':
      if (run.limit?.assumed !== undefined) return `${name} may not fit: ${peak}, and no GPU is named`;
      return `${name} ${others === 0 ? 'does' : 'do'} not fit: ${peak}`;
    case 'fits':
    case 'unknown':
    case 'not-judged':
      return null;
  }
}
