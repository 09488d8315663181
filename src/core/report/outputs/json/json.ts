import type { FitAnswer } from '../../../fit/fit.ts';
import type { EstimatedRun } from '../../../policy/rule.ts';
import type { Problem } from '../../../problem.ts';
import type { Evaluation } from '../../evaluation.ts';
import type { Output } from '../../output.ts';
import { estimateReport, unreadableReport } from './estimate-report.ts';
import { evaluationReport } from './evaluation-report.ts';
import { fitAnswerReport } from './fit-report.ts';

/** One run as one line of JSON text, an {@link EstimateReport}. */
export function renderEstimateJson(
  estimated: EstimatedRun,
  problems: readonly Problem[] = [],
  from: string | null = null,
): string {
  return printJson(estimateReport(estimated, problems, from));
}

/** A file that could not be read as one line of JSON text, an {@link EstimateReport} without figures. */
export function renderUnreadableJson(path: string, problems: readonly Problem[]): string {
  return printJson(unreadableReport(path, problems));
}

/** A pull request as one line of JSON text, an {@link EvaluationReport}. */
export function renderEvaluationJson(evaluation: Evaluation): string {
  return printJson(evaluationReport(evaluation));
}

/** The evaluation with all of its figures, for tools. */
export const json: Output = { name: 'json', reader: 'tool', render: renderEvaluationJson };

/** What makes a config fit as one line of JSON text, a {@link FitAnswerReport}. */
export function renderFitJson(answer: FitAnswer): string {
  return printJson(fitAnswerReport(answer));
}

/** One line of JSON text that no terminal and no log takes for more than text. */
export function printJson(value: unknown): string {
  // JSON.stringify leaves these as they are; escaped they are the same string, and harmless on a terminal
  return JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
