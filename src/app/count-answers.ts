import type { Answered } from './clients.ts';
import type { Metrics } from './metrics.ts';

/** Counts GitHub's answers, and notes what they say is left of the rate limit. */
export function countAnswers(metrics: Metrics): (answered: Answered) => void {
  return ({ status, installationId, headers }) => {
    metrics.githubRequests.inc({ status: String(status ?? 'none') });
    const remaining = Number(headers['x-ratelimit-remaining']);
    if (!Number.isInteger(remaining)) return;
    const resource = String(headers['x-ratelimit-resource'] ?? 'core').slice(0, 40);
    metrics.rateLimitRemaining.set({ installation: String(installationId ?? 'app'), resource }, remaining);
  };
}
