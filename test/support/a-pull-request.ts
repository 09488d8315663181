import { readFileSync } from 'node:fs';
import { check, type ChangedFile, type CheckInput } from '../../src/core/check.ts';
import { OpenedFiles } from '../../src/core/reading/opened-files.ts';
import type { Evaluation } from '../../src/core/report/evaluation.ts';
import type { FileContent, SourceFile } from '../../src/core/source-file.ts';
import { sampleConfig } from './sample-repository.ts';

export const large = sampleConfig('large.yaml');
export const xl = sampleConfig('xl.yaml');
export const referencePlan: SourceFile & { content: { text: string } } = {
  path: 'docs/plan.md',
  content: { text: readFileSync('examples/model-scaling-estimates.md', 'utf8') },
};

/** A changed file with its text on both sides; null for a side that lacks it. */
export interface Change extends ChangedFile {
  readonly base: FileContent | null;
  readonly head: FileContent | null;
}

export function change(path: string, base: string | null, head: string | FileContent | null): Change {
  const content = (file: string | FileContent | null) => (typeof file === 'string' ? { text: file } : file);
  const status = base === null ? 'added' : head === null ? 'removed' : 'modified';
  return { path, previousPath: null, status, base: content(base), head: content(head) };
}

/** What is said of a pull request in a repository with the reference plan and no policy, unless named otherwise. */
export function evaluate(changes: readonly Change[], rest: Partial<CheckInput> = {}): Evaluation {
  const sides = { base: new OpenedFiles(), head: new OpenedFiles() };
  for (const { path, previousPath, base, head } of changes) {
    sides.base.add(previousPath ?? path, base);
    sides.head.add(path, head);
  }
  return check({ changes, sides, policy: null, planFiles: [referencePlan], changedGuards: [], ...rest });
}

/** The policy at the base, below its first line. */
export function policyOf(text: string): SourceFile {
  return { path: '.github/scalegate.yml', content: { text: `scalegate_policy: 1\n${text}` } };
}

export function rulesOf({ findings }: Evaluation): readonly string[] {
  return findings.map(({ rule, level }) => `${rule}: ${level}`);
}
