/**
 * What the buttons of a check run do; these words are their identifiers (at most 20 characters). None takes an approval
 * back: GitHub forgets clicks, and what is forgotten must never make an approval.
 */
export type ClickAction = 'approve' | 'recheck';

/** A press of a button on a check run, as the `check_run.requested_action` delivery states it. */
export interface Click {
  readonly by: string;
  readonly isBot: boolean;
  readonly action: ClickAction;
  readonly checkRunId: number;
  readonly headSha: string;
  /** `external_id` of the run that was clicked: which pull request and which state the person saw. */
  readonly externalId: string;
  /** ISO 8601. */
  readonly at: string;
  /** GUID of the delivery: the same click counts once. */
  readonly delivery: string;
}
