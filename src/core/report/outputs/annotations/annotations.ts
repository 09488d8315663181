import type { Finding } from '../../../policy/rule.ts';
import type { Problem } from '../../../problem.ts';
import { configElsewhere } from '../../dependents.ts';
import { cleanLine } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { openProblems } from '../../ranking.ts';

/** A remark on a line of a file, in GitHub's levels. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly level: 'error' | 'warning' | 'notice';
  /** The rule, or the code of a problem. */
  readonly rule: string;
  readonly title: string;
  readonly message: string;
}

/** Remarks on the lines that caused findings and problems, worst first. Waiting for an approval is no error. */
export function annotationsOf(evaluation: Evaluation): readonly Annotation[] {
  const all = [...openProblems(evaluation).map(ofProblem), ...evaluation.findings.map(ofFinding)];
  return all.toSorted((a, b) => ranks[a.level] - ranks[b.level]);
}

/**
 * The first annotations that fit, and how many do not. The runner takes 10 a level from one step and 50 from a job
 * (GitHub docs, "Workflow commands"; actions/toolkit, "Problem matchers", "Limitations").
 */
export function fitAnnotations(
  annotations: readonly Annotation[],
  perLevel = 10,
): { readonly shown: readonly Annotation[]; readonly leftOut: number } {
  const counts = { error: 0, warning: 0, notice: 0 };
  const shown = annotations.filter(({ level }) => ++counts[level] <= perLevel);
  return { shown, leftOut: annotations.length - shown.length };
}

const ranks = { error: 0, warning: 1, notice: 2 } as const;

const levels = { error: 'error', approval: 'warning', warning: 'warning', notice: 'notice' } as const;

function ofFinding(finding: Finding): Annotation {
  const { rule, level, place, message, action } = finding;
  const config = configElsewhere(finding);
  const subject = config === null ? '' : `${config}: `;
  return {
    ...place,
    level: levels[level],
    rule,
    title: titleOf(rule),
    message: cleanLine(`${subject}${message} ${action}`.trim(), most),
  };
}

function ofProblem({ code, place, key, message, hint }: Problem): Annotation {
  const text = `${key === null ? '' : `${key}: `}${message}${hint === null ? '' : ` ${hint}`}`;
  return { ...place, level: 'error', rule: code, title: titleOf(code), message: cleanLine(text, most) };
}

/** GitHub takes 64 KB, and shows a few lines. */
const most = 1000;

function titleOf(name: string): string {
  return `scalegate: ${cleanLine(name, 100)}`;
}
