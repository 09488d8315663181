import { expect } from 'vitest';
import type { Subject } from '../../src/app/events/subject.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import { anApproval } from './an-approval.ts';
import { aWorkshop, one } from './a-workshop.ts';
import { createSampleRepository, largeMovedToXl } from './sample-repository.ts';
import type { GitHubWithApp } from './with-app.ts';

export const config = 'configs/large.yaml';
export const lax = "scalegate_policy: 1\nignore: ['configs/**']\n";

/**
 * A repository whose branches all require the App's check, a branch `xl` that moves a config from Large to XL, and the App
 * that looks at what it is told to look at. `lead` and `second` may approve.
 */
export async function aGate(
  github: GitHubWithApp,
  files: Record<string, string> = {},
  options: Parameters<typeof aWorkshop>[1] = {},
) {
  const repository = await createSampleRepository(github.local);
  repository.protect({ checks: [{ name: 'scalegate', source: github.app }] });
  repository.grantRole('second', 'maintain');
  if (Object.keys(files).length > 0) await repository.commit('main', files, { author: 'lead' });
  await repository.commit('xl', { [config]: largeMovedToXl() }, { author: 'engineer' });
  const workshop = await aWorkshop(github, options);

  /** Looks at a pull request, and at whatever follows from that. */
  async function look({ number }: PullRequest, more: Partial<Extract<Subject, { kind: 'pull-request' }>> = {}) {
    await workshop.look({ ...one, number, ...more });
    for (let job = workshop.added.shift(); job !== undefined; job = workshop.added.shift()) {
      await workshop.look(job.data as Subject);
    }
  }

  return {
    repository,
    look,
    workshop,
    open: (base = 'main', head = 'xl') => repository.openPullRequest({ head, base, author: 'engineer' }),
    /** A branch from main with these files on top. */
    branch: (name: string, changes: Record<string, string>) => repository.commit(name, changes, { author: 'lead' }),
    /** The newest check on a head, which is the one that GitHub goes by. */
    check: ({ headSha }: { readonly headSha: string }) => {
      const run = repository.checkSuites.filter((suite) => suite.headSha === headSha).flatMap(({ runs }) => runs);
      return run.at(-1);
    },
    code: (pullRequest: PullRequest) => {
      const comment = pullRequest.comments.find(({ author }) => author.login === 'scalegate[bot]');
      return /^\/scalegate approve (\w{8})$/m.exec(comment?.body ?? '')?.[1] ?? '';
    },
    /** "Approve" on the check of a pull request. */
    press: (pullRequest: PullRequest, by: string, code: string) => {
      const at = new Date(github.local.now()).toISOString();
      const commit = pullRequest.headSha;
      return anApproval({ id: `click ${at}`, by, how: 'button', at, shownAt: at, code, commit });
    },
  };
}

/** The approval of `lead` is not enough, that of `second` is. */
export async function expectSecondDecides(
  pullRequest: PullRequest,
  look: (pullRequest: PullRequest) => Promise<void>,
): Promise<void> {
  pullRequest.review({ author: 'lead', state: 'APPROVED' });
  await look(pullRequest);
  expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  pullRequest.review({ author: 'second', state: 'APPROVED' });
  await look(pullRequest);
  expect(pullRequest.obstacle).toBeNull();
}
