/** How somebody approves: by a review, by `/scalegate approve`, or by the button on the check. */
export type Channel = 'review' | 'command' | 'button';

/**
 * One person's word that what they saw may be merged. It has this shape where it is read from GitHub, where it is counted,
 * in the ledger, and where it is shown.
 */
export interface Approval {
  /** Unique among all channels: `review 12`, `comment 34`, `click <delivery>`. */
  readonly id: string;
  readonly by: string;
  readonly isBot: boolean;
  readonly how: Channel;
  /** GitHub's time of it, ISO 8601; of a press of the button ours, since GitHub has none. */
  readonly at: string;
  /** Of a press, when GitHub completed the run that was pressed: it was after that. null for everything else. */
  readonly shownAt: string | null;
  /** The commit that the person saw; null where that is unknown. */
  readonly commit: string | null;
  /** The code of the request that the person saw; null where that is unknown. */
  readonly code: string | null;
  /**
   * Why it does not count; null for one that does. Before it is counted: what is wrong with it whoever gave it, as an edited
   * comment or an unknown code.
   */
  readonly ignoredBecause: string | null;
}
