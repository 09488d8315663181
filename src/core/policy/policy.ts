import type { ModelAliases } from './models-section.ts';
import type { Facts } from '../run/facts.ts';
import type { Mapping } from '../run/mapping.ts';
import type { Place } from '../problem.ts';
import type { CommentPolicy } from './comment-section.ts';
import type { Level } from './level.ts';

/** The level and the parameters of one rule, as the policy sets them. */
export interface RuleSetting {
  readonly level: Level;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the policy sets the rule; null for a default. */
  readonly setAt: Place | null;
  /** The waiver that sets it; null where it holds until it is changed. */
  readonly waiver: Waiver | null;
}

/** A place for approvers: who may fill it, and how many of them it takes. One person fills one slot. */
export interface ApproverSlot {
  /** null for the one slot of a policy that names none. */
  readonly name: string | null;
  readonly users: readonly string[];
  /** `organization/team-slug`. */
  readonly teams: readonly string[];
  /** Repository roles by GitHub's `role_name`. */
  readonly roles: readonly string[];
  /** Whether the owners may fill it that CODEOWNERS at the base names for what waits. */
  readonly codeowners: boolean;
  readonly count: number;
}

/** What a policy for files sets of one rule: null leaves the level as it is, and so does an option that is not there. */
export interface RuleChange {
  readonly level: Level | null;
  readonly options: RuleSetting['options'];
}

/** For how long an entry holds, who answers for it, and why. */
export interface Waiver {
  /** Its last day, `2026-12-31`. */
  readonly until: string;
  readonly owner: string;
  readonly reason: string;
}

/**
 * What holds for the configs that the globs match, before what holds for all. Of several that match, the last one that
 * says something has its say: for each fact, each rule's level and each of its options, and for the approvers as a whole.
 */
export interface FilesPolicy {
  readonly files: readonly string[];
  /** Its entry in the policy. */
  readonly place: Place;
  /** Facts that configs never hold. */
  readonly facts: Facts;
  readonly rules: Readonly<Record<string, RuleChange>>;
  /** null leaves approvals to those who give them for the rest. */
  readonly approvers: readonly ApproverSlot[] | null;
  /** null for what holds until it is changed. */
  readonly waiver: Waiver | null;
}

/** What the team pays for one GPU for one hour. */
export interface BookPrice {
  /** As the policy writes it. */
  readonly gpu: string;
  readonly usdPerGpuHour: number;
  readonly provider: string | null;
  readonly terms: 'on-demand' | 'spot' | 'committed' | null;
  readonly date: string | null;
  readonly place: Place;
}

/** The repository's policy: always the base's, never the pull request's own. */
export interface Policy {
  /** null when the repository has none and the defaults hold. */
  readonly path: string | null;
  /** Globs of the configs; null looks at every YAML, JSON and TOML file and recognizes configs by content. */
  readonly configs: readonly string[] | null;
  readonly ignore: readonly string[];
  /** The files of the plan; none tries the usual places. */
  readonly planPaths: readonly string[];
  /** Rows of the plan by name, with globs of the configs that belong to them; the last that matches wins. */
  readonly planRows: readonly { readonly row: string; readonly files: readonly string[] }[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** At least one slot: for all that waits and no policy for files has approvers for. */
  readonly approvers: readonly ApproverSlot[];
  /** What an author means whose address is linked to no account, and who may be one of the approvers. */
  readonly unlinkedAuthors: 'add-approval' | 'ignore';
  readonly forFiles: readonly FilesPolicy[];
  readonly prices: readonly BookPrice[];
  /** The team's own config formats; of several that match a file the first counts. */
  readonly formats: readonly Mapping[];
  /** What the team's own models have the dimensions of, by their names. */
  readonly models: ModelAliases;
  readonly comment: CommentPolicy;
  /** false reports and blocks nothing. */
  readonly enforce: boolean;
  /** Whether models that nothing else describes are looked up on the Hugging Face Hub. */
  readonly huggingFaceHub: boolean;
}
