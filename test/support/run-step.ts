import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/action/main.ts';
import type { Runner } from '../../src/action/runner.ts';

/** One step of a job: the event, the inputs and what the runner knows beside them. */
export interface Step {
  readonly apiUrl: string;
  readonly token: string;
  readonly eventName: string;
  readonly event: unknown;
  readonly sha?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** In seconds; a day on which no price is old where not given. */
  readonly clock?: number;
  /** The job's checkout; a folder without one where not given. */
  readonly workspace?: string;
}

export interface StepResult {
  readonly exitCode: number;
  /** What was logged, and each remark as `::error title=…,file=…,line=…,col=…::message`. */
  readonly lines: readonly string[];
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly report: unknown;
  /** The report as a page. */
  readonly page: string | null;
}

/** Runs the sources of the Action within this process, in the environment that a runner would give them. */
export async function runStep(step: Step): Promise<StepResult> {
  const temp = mkdtempSync(join(tmpdir(), 'scalegate-step-'));
  const file = (name: string, text = '') => {
    writeFileSync(join(temp, name), text);
    return join(temp, name);
  };
  const inputs = Object.entries({ token: step.token, ...step.inputs });
  const env = {
    GITHUB_API_URL: step.apiUrl,
    GITHUB_EVENT_NAME: step.eventName,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.event)),
    SOURCE_DATE_EPOCH: String(step.clock ?? Date.UTC(2026, 7, 1) / 1000),
    GITHUB_REPOSITORY: 'acme/training',
    GITHUB_SHA: step.sha ?? '',
    GITHUB_WORKSPACE: step.workspace ?? temp,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const lines: string[] = [];
  const outputs: Record<string, string> = {};
  let summary = '';
  const runner: Runner = {
    log: (text) => lines.push(text),
    annotate: ({ level, message, title, path, line, column }) => {
      const properties = Object.entries({ title, file: path, line, col: column }).filter(
        ([, value]) => value !== undefined,
      );
      const printed = properties.map(([name, value]) => `${name}=${value}`).join(',');
      lines.push(`::${level}${printed === '' ? '' : ` ${printed}`}::${message}`);
    },
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    summarize: (markdown) => {
      summary += markdown;
      return Promise.resolve();
    },
  };
  const exitCode = await run(env, runner);
  const report: unknown = outputs['report'] === undefined ? null : JSON.parse(readFileSync(outputs['report'], 'utf8'));
  const page = outputs['page'] === undefined ? null : readFileSync(outputs['page'], 'utf8');
  rmSync(temp, { recursive: true });
  return { exitCode, lines, summary, outputs, report, page };
}
