import type { z } from 'zod';
import type { Edit } from '../attribution/edit.ts';
import type { Estimate, MemoryReadings } from '../estimate/estimate.ts';
import type { Figure } from '../estimate/figures.ts';
import type { RowMatch } from '../plan/match-row.ts';
import type { Plan, ScaleMatch } from '../plan/plan.ts';
import type { Place, Problem } from '../problem.ts';
import type { GpuSpec } from '../run/hardware.ts';
import type { TrainingRun } from '../run/training-run.ts';
import type { Level } from './level.ts';
import type { FilesPolicy } from './policy.ts';
import type { Proposal } from './proposal.ts';

/** One config at one commit, read and estimated. */
export interface EstimatedRun {
  readonly run: TrainingRun;
  readonly estimate: Estimate;
  /** Memory under every reading of what nobody states; null where memory can't be known. */
  readonly readings: MemoryReadings | null;
  /** A training run; a model alone, whose memory and hours nobody can say; or a training that no estimate counts. */
  readonly subject: 'run' | 'model' | 'not-estimated';
  /** null without a plan, or when the parameters can't be known. */
  readonly scale: ScaleMatch | null;
  /** The row of the plan that it's held against and why, or those between which nothing decides; null for none. */
  readonly row: RowMatch | null;
  readonly limit: MemoryLimit | null;
  /** Its hours on the GPU of its row, where that is another; null where it's the same, or where they can't be known. */
  readonly onRowGpu: { readonly gpu: string; readonly gpuHours: number } | null;
  /** The same by the team's own runs; null where the plan records none near its scale. */
  readonly calibration: Calibration | null;
}

/** What a run is by the team's own runs: the estimate times what a finished run measured over its own estimate. */
export interface Calibration {
  /** The scale of the finished run, and the day on which it finished. */
  readonly scale: string;
  readonly date: string | null;
  readonly memoryRatio: number | null;
  readonly hoursRatio: number | null;
  readonly peakBytes: number | null;
  readonly gpuHours: number | null;
}

/** How much memory a run may take, and who says so. */
export interface MemoryLimit {
  /** What the limit is called: the GPU's 80 GB, or the policy's figure. */
  readonly limitBytes: number;
  /** What a process can really use of it; the estimate is held against this. */
  readonly usableBytes: number;
  readonly source: string;
  /** Where nobody names a GPU and a usual one is taken: the smallest GPUs of the catalog on which the run fits. */
  readonly assumed?: { readonly smallestGpus: readonly string[] };
}

/** A config before and after the pull request. Base is null for a new config, head for a deleted one. */
export interface RunPair {
  readonly path: string;
  /** The path at the base, where the file was renamed. */
  readonly previousPath: string | null;
  readonly base: EstimatedRun | null;
  readonly head: EstimatedRun | null;
  /** What could not be read at the head, or contradicts itself there. */
  readonly problems: readonly Problem[];
  /** The same at the base. */
  readonly baseProblems: readonly Problem[];
  /** The keys that differ between base and head, and what each does to the figures; none for a new or a deleted config. */
  readonly edits: readonly Edit[];
  /** Of a config that the pull request leaves as it is: the changed files that it includes, or that start it. */
  readonly through?: readonly string[];
  /** The launcher that it was read with, where one is known. */
  readonly launcher?: string;
}

/** What a rule says of one run, or of several together. */
export interface Finding {
  /** The rule that says it, and the others that the same cause touches. */
  readonly rule: string;
  readonly alsoRules: readonly string[];
  /** What is behind it, the same for all configs and rules that it touches: what findings are grouped by. */
  readonly cause: string;
  /** It was so at the base, and is no worse: told once, and never blocks. */
  readonly isStanding: boolean;
  readonly level: Exclude<Level, 'off'>;
  /** The config it is about; null for the pull request as a whole. */
  readonly path: string | null;
  /** Of several configs together: the policy for files that holds them, where it is one. */
  readonly heldBy?: FilesPolicy;
  /** Of several configs together: what they come to, which an approval is bound to. */
  readonly together?: Together;
  /** The line that caused it. */
  readonly place: Place;
  /** One sentence that names the figures. */
  readonly message: string;
  /** What to do about it. */
  readonly action: string;
}

/** What several runs come to. */
export interface Together {
  readonly costUsd: number | null;
  readonly gpuHours: number | null;
}

/** A finding before its rule's name and level are put on; a rule that asks less than its level says so. */
export interface Complaint {
  /** What is behind it; the rule itself by default. Complaints about one config with one cause become one finding. */
  readonly cause?: string;
  /** How bad it is, more for worse: what was as bad at the base is not the pull request's doing. */
  readonly badness?: number;
  /** By how much, as a share, it may be worse than at the base and count as no worse; a rounding error by default. */
  readonly slack?: number;
  readonly place: Place;
  readonly message: string;
  readonly action: string;
  /** Of several configs together: what they come to. */
  readonly together?: Together;
  /** Lower than the configured level where this complaint asks less: a warning of an error rule. Never higher. */
  readonly level?: Exclude<Level, 'off'>;
}

/** A figure of the head that a rule has to know, and that can't be known. */
export interface Gap {
  readonly unknown: Figure;
}

/** What a rule has to say of one config. */
export type Remarks = readonly (Complaint | Gap)[];

/** What a rule may look at: the pull request, and the pair in question. */
export interface RuleContext {
  readonly plan: Plan | null;
  /** The GPU that the plan is made for. */
  readonly planGpu: GpuSpec | null;
  /** Paths of plan and policy files that the pull request changes. */
  readonly changedGuards: readonly Place[];
  /** What those would come to; null where it changes none. */
  readonly proposal: Proposal | null;
  /** Changed files that were not read, and need not be configs. */
  readonly unread: readonly Problem[];
}

/** What a rule may look at that judges several configs together. */
export interface PullRequestContext extends RuleContext {
  /** Globs of the policy for files by which it does; null for the pull request as a whole. */
  readonly files: readonly string[] | null;
  /** Where the policy sets the rule, or that policy for files stands; the start of the policy for a default. */
  readonly policyPlace: Place;
}

interface RuleFacts<Options extends z.ZodObject> {
  /** Folder, registered name and readme title are this one string. */
  readonly name: string;
  /** What holds when the rule is kept, in one sentence. */
  readonly summary: string;
  readonly level: Level;
  /** Where the repository has no policy; `level` by default. */
  readonly levelWithoutPolicy?: Level;
  /** It compares the head with the base; others judge the head, and what stood at the base alike is not held against it. */
  readonly comparesSides?: true;
  /** It judges the pull request and none of its configs: no policy for files can change it. */
  readonly isAboutPullRequest?: true;
  /** Off until the policy sets the rule or the plan asks for it; on by default where it is left out. */
  readonly isAskedFor?: (plan: Plan | null) => boolean;
  /** Parameters that the policy may set; each with a description, which the rule's page prints. */
  readonly options: Options;
}

/** What the author of a rule writes. */
export interface RuleDefinition<Options extends z.ZodObject> extends RuleFacts<Options> {
  /** Complaints about one config; a rule about the pull request as a whole leaves it out. */
  readonly checkPair?: (pair: RunPair, options: z.output<Options>, context: RuleContext) => Remarks;
  /**
   * Complaints about the pull request as a whole. A policy for files that sets the rule asks once more, about its own
   * configs by themselves.
   */
  readonly checkPullRequest?: (
    pairs: readonly RunPair[],
    options: z.output<Options>,
    context: PullRequestContext,
  ) => readonly Complaint[];
}

/** A rule as the judge sees it: options already checked, their type forgotten. */
export interface Rule extends RuleFacts<z.ZodObject> {
  checkPair(pair: RunPair, options: unknown, context: RuleContext): Remarks;
  checkPullRequest(pairs: readonly RunPair[], options: unknown, context: PullRequestContext): readonly Complaint[];
}

/** Makes a rule; options are parsed with the rule's own schema, so that a rule sees only valid ones. */
export function defineRule<Options extends z.ZodObject>(definition: RuleDefinition<Options>): Rule {
  const { checkPair, checkPullRequest, ...facts } = definition;
  return {
    ...facts,
    checkPair: (pair, options, context) => checkPair?.(pair, facts.options.parse(options), context) ?? [],
    checkPullRequest: (pairs, options, context) =>
      checkPullRequest?.(pairs, facts.options.parse(options), context) ?? [],
  };
}
