import type { BothSides, ChangedFile } from '../change.ts';
import type { Problem } from '../problem.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { SourceFile } from '../source-file.ts';

/** Everything that a verdict depends on; text in, data out. */
export interface CheckInput {
  readonly changes: readonly ChangedFile[];
  /** Files that a change of a file which they include or start may change; none without it. */
  readonly dependents?: readonly DependentConfig[];
  /** What is wrong with changed files that are no configs, and have to be, or of which it is not known what else they change. */
  readonly problems?: readonly Problem[];
  /** Changed files of which less is known, and that need not be configs. */
  readonly unread?: readonly Problem[];
  /** The files that change, the dependents, and what both refer to (a local `config.json`, a DeepSpeed file). */
  readonly sides: BothSides;
  /** The policy at the base; null for a repository without one. */
  readonly policy: SourceFile | null;
  /** The files of the plan at the base; none for a repository without one. */
  readonly planFiles: readonly SourceFile[];
  /** Text of CODEOWNERS at the base, where the policy asks for owners; null without one. */
  readonly codeowners?: string | null;
  /** Policies and plans that the pull request adds, changes or deletes, as they stand at its head. */
  readonly changedGuards: readonly SourceFile[];
  /** Policy and plan as they would be found at the head, where it changes either. */
  readonly proposed?: ProposedGuards;
  /** The date, `2026-11-23`, which core cannot know; with it old list prices say so. */
  readonly today?: string;
}

/** Policy and plan of the head, and configs of the head to see what they would change. */
export interface ProposedGuards {
  readonly policy: SourceFile | null;
  readonly planFiles: readonly SourceFile[];
  readonly configs: readonly string[];
  /** The configs as the policy of the base, and as that of the head, says that files are read. */
  readonly filesBefore: OpenedFiles;
  readonly filesAfter: OpenedFiles;
  /** Files beyond those that may be configs, and were too many to read. */
  readonly unread: number;
}

/** A file that the pull request leaves as it is, and that may include or start what it changes. */
export interface DependentConfig {
  readonly path: string;
  /** The changed files; none where it only starts the same as a changed launcher. */
  readonly through: readonly string[];
}
