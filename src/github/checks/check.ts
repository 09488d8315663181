import type { Annotation } from '../../core/report/outputs/annotations/annotations.ts';

/**
 * Fixed, since rulesets name it as text. A required check is matched by its name and by the App that reports it.
 */
export const checkName = 'scalegate';

/** GitHub lets a merge through also on `neutral` and `skipped`: neither is ever said. */
export type Conclusion = 'success' | 'failure' | 'action_required';

/** What a completed check run says. */
export interface Check {
  readonly conclusion: Conclusion;
  /** One line of plain text. */
  readonly title: string;
  /** Markdown, at most `maxTextLength` characters. */
  readonly summary: string;
  /** Markdown below the summary: what is remembered from run to run. At most `maxTextLength` characters. */
  readonly text: string;
  /** The worst first. */
  readonly annotations: readonly Annotation[];
  readonly buttons: readonly Button[];
}

/** What a run says that is not completed yet. */
export type OpenNotice = Pick<Check, 'title' | 'summary'>;

/**
 * What the buttons of a check run do; these words are their identifiers. None takes an approval back: GitHub forgets
 * presses, and what is forgotten must never make an approval.
 */
export type ButtonAction = 'approve' | 'recheck';

/** GitHub shows at most three, on completed runs only (REST, "Create a check run"). */
export interface Button {
  /** At most 20 characters. */
  readonly label: string;
  /** At most 40 characters. */
  readonly description: string;
  /** At most 20 characters. */
  readonly identifier: ButtonAction;
}

/** GitHub takes 65,535 characters (REST, "Create a check run"), of which a line of our own needs a few. */
export const maxTextLength = 65_000;

export const approveButton: Button = {
  label: 'Approve',
  description: 'Approve what this check shows',
  identifier: 'approve',
};

export const recheckButton: Button = {
  label: 'Check again',
  description: 'Evaluate this commit once more',
  identifier: 'recheck',
};

export const retryButton: Button = { ...recheckButton, label: 'Retry' };
