import { checkName } from '../../github/checks/check.ts';
import { decodeExternalId } from '../../github/checks/external-id.ts';
import { groupOfBranch, type Subject } from '../events/subject.ts';
import { spread } from './spread.ts';
import type { Work } from './work.ts';

/** All checks of a commit are to run again: of the pull requests and the merge group that our check runs there name. */
export const lookAtCommit: Work<'commit'> = async (
  [{ installationId, repository, sha, branch }],
  tools,
  stop,
  _,
  cause,
) => {
  const client = await tools.clients.check.installation(installationId, stop);
  const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...repository,
    ref: sha,
    app_id: tools.appId,
    check_name: checkName,
    filter: 'all',
    per_page: 100,
  });
  const about = data.check_runs.flatMap(({ external_id }) => decodeExternalId(external_id ?? '') ?? []);
  const subjects = [...new Set(about.map(({ pullRequest }) => pullRequest))].flatMap((number): Subject[] => {
    if (number === null) {
      const group = groupOfBranch(branch ?? '', sha);
      return group === null ? [] : [{ kind: 'merge-group', installationId, repository, group }];
    }
    return [{ kind: 'pull-request', installationId, repository, number, again: true }];
  });
  const jobs = spread(subjects, cause);
  await tools.queue.add(jobs.map((job) => ({ ...job, urgency: 'now' })));
  return `${subjects.length} to look at again`;
};
