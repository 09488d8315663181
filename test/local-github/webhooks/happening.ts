import type { Account } from '../state/account.ts';
import type { App } from '../state/app.ts';
import type { CheckRun } from '../state/check-run.ts';
import type { CheckSuite } from '../state/check-suite.ts';
import type { IssueComment, Review } from '../state/conversation.ts';
import type { Installation } from '../state/installation.ts';
import type { MergeGroup } from '../state/merge-group.ts';
import type { PullRequest } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import type { Team } from '../state/team.ts';

export type CheckRunAction = 'created' | 'completed' | 'rerequested' | 'requested_action';
export type InstallationAction = 'created' | 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted';

/** A change of state of which GitHub tells Apps, in the words of its events. */
export type Happening =
  | { readonly event: 'ping'; readonly app: App }
  | {
      readonly event: 'installation';
      readonly action: InstallationAction;
      readonly installation: Installation;
      readonly sender: Account;
    }
  | {
      readonly event: 'installation_repositories';
      readonly action: 'added' | 'removed';
      readonly installation: Installation;
      readonly repositories: readonly Repository[];
      readonly sender: Account;
    }
  | {
      readonly event: 'membership';
      readonly action: 'added' | 'removed';
      readonly team: Team;
      readonly member: Account;
      readonly sender: Account;
    }
  | RepositoryHappening;

export type RepositoryHappening =
  | {
      readonly event: 'pull_request';
      readonly action:
        'opened' | 'synchronize' | 'reopened' | 'edited' | 'closed' | 'ready_for_review' | 'converted_to_draft';
      readonly pullRequest: PullRequest;
      readonly sender: Account;
      /** Heads of a synchronize. */
      readonly before?: string;
      readonly after?: string;
      readonly changes?: Changes;
    }
  | {
      readonly event: 'pull_request_review';
      readonly action: 'submitted' | 'edited' | 'dismissed';
      readonly pullRequest: PullRequest;
      readonly review: Review;
      readonly sender: Account;
      readonly changes?: Changes;
    }
  | {
      readonly event: 'issue_comment';
      readonly action: 'created' | 'edited' | 'deleted';
      readonly pullRequest: PullRequest;
      readonly comment: IssueComment;
      readonly sender: Account;
      readonly changes?: Changes;
    }
  | {
      readonly event: 'check_run';
      readonly action: CheckRunAction;
      readonly run: CheckRun;
      readonly sender: Account;
      /** Of the button that was pressed. */
      readonly identifier?: string;
    }
  | {
      readonly event: 'check_suite';
      readonly action: 'requested' | 'rerequested';
      readonly suite: CheckSuite;
      readonly sender: Account;
    }
  | {
      readonly event: 'merge_group';
      readonly action: 'checks_requested' | 'destroyed';
      readonly group: MergeGroup;
      readonly sender: Account;
      readonly reason?: string;
    }
  | {
      readonly event: 'member';
      readonly action: 'added' | 'edited' | 'removed';
      readonly repository: Repository;
      readonly member: Account;
      readonly sender: Account;
      readonly changes?: Changes;
    }
  | { readonly event: 'push'; readonly repository: Repository; readonly push: Push; readonly sender: Account }
  | {
      readonly event: 'repository';
      readonly action: 'renamed' | 'edited' | 'archived' | 'unarchived';
      readonly repository: Repository;
      readonly sender: Account;
      readonly changes?: Changes;
    };

/** What an `edited` payload says of what was there before. */
export type Changes = Readonly<Record<string, unknown>>;

export interface Push {
  readonly branch: string;
  /** All zeros where the branch was not there. */
  readonly before: string;
  /** All zeros where the branch is gone. */
  readonly after: string;
  readonly forced: boolean;
}
