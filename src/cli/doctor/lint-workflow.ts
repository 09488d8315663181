import type { Document, KeyPath } from '../../core/document/document.ts';
import { valueAt } from '../../core/document/value-at.ts';
import type { Remark } from '../print-remark.ts';

/** `uses: scalegate/scalegate@v1`, or a fork or mirror of it. */
const action = /^[^/@]+\/scalegate@/;

function isAction(uses: unknown): boolean {
  return typeof uses === 'string' && action.test(uses);
}

/** Whether a workflow of GitHub Actions runs scalegate's Action. */
export function runsAction(document: Document): boolean {
  return jobsWithAction(document).length > 0;
}

/** What GitHub calls the checks of its jobs with the Action: by name, else by key. */
export function jobNames(document: Document): readonly string[] {
  return jobsWithAction(document).map((job) => {
    const name = valueAt(document.value, [...job, 'name']);
    return typeof name === 'string' ? name : String(job.at(-1));
  });
}

/** Whether it runs for the groups of a merge queue. */
export function runsInMergeQueue({ value }: Document): boolean {
  return eventOf(valueAt(value, ['on']), 'merge_group') !== undefined;
}

/**
 * Holds a workflow that runs the Action against what a required check needs (docs/action.md, "Events"): it has to report
 * on every pull request, again after a review and a retarget, and to be allowed to read and to comment.
 */
export function lintWorkflow(document: Document): readonly Remark[] {
  const remark = (level: Remark['level'], rule: string, keys: KeyPath, message: string): Remark => {
    return { level, rule, place: document.placeOf(keys), message };
  };
  const event = (name: string): unknown => eventOf(valueAt(document.value, ['on']), name);
  const types = (name: string): readonly unknown[] | null => {
    const found = valueAt(event(name), ['types']);
    return Array.isArray(found) ? found : null;
  };
  const remarks: Remark[] = [];
  const pullRequest = event('pull_request');
  if (event('pull_request_target') !== undefined) {
    const message =
      'pull_request_target runs with the rights of the base, also for forks. Use pull_request; for forks there is the App.';
    remarks.push(remark('error', 'target-event', ['on', 'pull_request_target'], message));
  }
  if (pullRequest === undefined) {
    remarks.push(
      remark('error', 'no-pull-requests', ['on'], 'It does not run on pull requests. Add pull_request to on.'),
    );
  }
  for (const filter of ['paths', 'paths-ignore', 'branches', 'branches-ignore'] as const) {
    if (valueAt(pullRequest, [filter]) === undefined) continue;
    const message = `With ${filter} it reports on some pull requests only: as a required check it blocks the others for ever. Remove ${filter}; without a changed config the check passes at once.`;
    remarks.push(remark('error', 'never-reports', ['on', 'pull_request', filter], message));
  }
  const heard = types('pull_request');
  if (pullRequest !== undefined && heard !== null && !heard.includes('edited')) {
    const message = 'A pull request that is moved to another base is not looked at again. Add edited to the types.';
    remarks.push(remark('warning', 'retarget-unheard', ['on', 'pull_request', 'types'], message));
  } else if (pullRequest !== undefined && heard === null) {
    const message =
      'Without types a pull request that is moved to another base is not looked at again. Add types: [opened, synchronize, reopened, edited].';
    remarks.push(remark('warning', 'retarget-unheard', ['on'], message));
  }
  const reviews = types('pull_request_review');
  if (event('pull_request_review') === undefined || (reviews !== null && !reviews.includes('dismissed'))) {
    const message =
      'An approving review, or one that is dismissed, does not change the check. Add pull_request_review with types: [submitted, dismissed].';
    remarks.push(
      remark('warning', 'reviews-unheard', reviews === null ? ['on'] : ['on', 'pull_request_review', 'types'], message),
    );
  }
  if (!runsInMergeQueue(document)) {
    const message = 'In a merge queue the check would never report. Add merge_group where the branch has one.';
    remarks.push(remark('notice', 'merge-queue-unheard', ['on'], message));
  }
  return [...remarks, ...jobsWithAction(document).flatMap((job) => permissionRemarks(document, job))];
}

/** `on: push`, `on: [push]` and `on: {push: …}`; undefined for an event that is not there. */
function eventOf(on: unknown, name: string): unknown {
  if (on === name || (Array.isArray(on) && on.includes(name))) return {};
  const found = valueAt(on, [name]);
  return found === null ? {} : found;
}

/** Keys of the jobs with a step that uses the Action. */
function jobsWithAction({ value }: Document): readonly KeyPath[] {
  const jobs = valueAt(value, ['jobs']);
  if (typeof jobs !== 'object' || jobs === null) return [];
  return Object.keys(jobs).flatMap((name): KeyPath[] => {
    const steps = valueAt(value, ['jobs', name, 'steps']);
    const uses = Array.isArray(steps) && steps.some((step: unknown) => isAction(valueAt(step, ['uses'])));
    return uses ? [['jobs', name]] : [];
  });
}

/** A job's permissions replace those of the workflow; without either the repository's setting holds. */
function permissionRemarks(document: Document, job: KeyPath): Remark[] {
  const own = [...job, 'permissions'];
  const keys = valueAt(document.value, own) === undefined ? ['permissions'] : own;
  const permissions = valueAt(document.value, keys);
  const place = document.placeOf(permissions === undefined ? job : keys);
  if (permissions === undefined) {
    const message =
      'Without permissions the token has what the repository gives to all. State contents: read and pull-requests: write, and nothing else.';
    return [{ level: 'warning', rule: 'permissions', place, message }];
  }
  if (permissions === 'write-all') {
    const message = 'The Action needs contents: read and pull-requests: write, and nothing else.';
    return [{ level: 'warning', rule: 'permissions', place, message }];
  }
  if (permissions === 'read-all') return [{ level: 'notice', rule: 'permissions', place, message: noComment }];
  const has = (name: string): unknown => valueAt(permissions, [name]);
  return [
    ...(has('contents') === 'read' || has('contents') === 'write'
      ? []
      : [
          {
            level: 'error' as const,
            rule: 'permissions',
            place,
            message: 'It may not read the configs. Add contents: read.',
          },
        ]),
    ...(has('pull-requests') === 'write'
      ? []
      : [{ level: 'notice' as const, rule: 'permissions', place, message: noComment }]),
  ];
}

const noComment =
  'It may not comment; its report is in the job summary alone. Add pull-requests: write for the comment.';
