import { memoryVerdict } from '../policy/memory-verdict.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatOdds } from '../units/odds.ts';

/**
 * Why a run that the gate lets through may die of its memory, as a title says it; null where nothing speaks for that.
 * `others` are those of the same pull request that may as well.
 */
export function memoryDoubt(run: EstimatedRun, code: string, others = 0): string | null {
  const { memory } = run.estimate;
  if (memory === null || run.limit === null) return null;
  const name = others === 0 ? code : `${code} and ${others.toLocaleString('en-US')} more`;
  const verdict = memoryVerdict(run);
  const peak = formatGib(memory.peakBytes);
  const usable = formatGib(run.limit.usableBytes);
  switch (verdict.kind) {
    case 'may-not-fit':
      return `${name} may not fit: ${peak} of ${usable}, ${formatOdds(verdict.probability)} such runs don't`;
    case 'over-as-assumed':
    case 'fits-as-assumed': {
      const [fact] = verdict.deciding;
      if (fact === undefined) return null;
      return `${name} may not fit: ${peak} of ${usable} ${fact.taken}, ${formatGib(fact.peakBytes)} ${fact.otherwise}; the config does not say which`;
    }
    case 'over-unless-all':
      return `${name} may not fit: ${peak} of ${usable} as read; facts that nothing states may lower it`;
    case 'over':
      if (run.limit.assumed !== undefined) return `${name} may not fit: ${peak}, and no GPU is named`;
      return `${name} ${others === 0 ? 'does' : 'do'} not fit: ${peak} of ${usable}`;
    case 'fits':
    case 'unknown':
    case 'not-judged':
      return null;
  }
}
