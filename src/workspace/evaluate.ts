import { check } from '../core/check.ts';
import { gatherPullRequest, type PullRequestSources } from './gather.ts';

type Evaluation = ReturnType<typeof check>;

/** Everything about one change, decided, from where it is read; `today` (`2026-11-23`) is the day by which old prices say so. */
export type Evaluate = (sources: PullRequestSources, today: string) => Promise<Evaluation>;

/** In the thread of whoever calls it. */
export const evaluateHere: Evaluate = async (sources, today) => check({ ...(await gatherPullRequest(sources)), today });
