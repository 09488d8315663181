import { explainError, type Advice } from '../github/http/explain-error.ts';

/** Why something failed, and what to do about it where the App is installed. Whoever opened the pull request may read it. */
export function explain(error: unknown): string {
  return explainError(error, advice);
}

const permissionsPage = 'https://github.com/scalegate/scalegate/blob/main/docs/app.md#permissions';

const advice: Advice = {
  permissions: (accepted) => {
    if (accepted.length === 0)
      return `The App may not do this; ${permissionsPage} lists the permissions that it needs.`;
    const permissions = accepted.map((permission) => `"${permission}"`).join(' or ');
    return `The App needs the permission ${permissions}, which an owner of the account can accept.`;
  },
  outage: '',
};
