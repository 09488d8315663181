import type { Problem } from '../core/problem.ts';
import { renderProblem } from '../core/report/outputs/text/text.ts';
import type { Screen } from './terminal.ts';

/** Problems, a line each. Their paths are printed as they are: those that the person at the terminal can open. */
export function printProblems(problems: readonly Problem[], screen: Screen): void {
  for (const problem of problems) screen.print(renderProblem(problem, screen));
}
