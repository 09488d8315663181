import { explainError, type Advice } from '../github/http/explain-error.ts';

/** Why something failed, and what to do about it in a workflow. */
export function explain(error: unknown): string {
  return explainError(error, advice);
}

const advice: Advice = {
  permissions: (accepted) => {
    if (accepted.length === 0) return 'The token may not do this; the README lists the permissions that the job needs.';
    // As a workflow spells them
    const permissions = accepted.map((permission) => permission.replaceAll('_', '-')).join('" or "');
    return `The job needs "permissions: ${permissions}"; a token of a fork never has write permissions.`;
  },
  outage: 'Run the job again; ',
};
