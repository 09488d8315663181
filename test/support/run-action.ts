import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalGitHub } from '../local-github/local-github.ts';

const bundle = resolve(import.meta.dirname, '../../dist/action/index.js');

export interface ActionRequest {
  /** Name of the event that started the workflow, and its payload. */
  readonly eventName: string;
  readonly event: unknown;
  /** `owner/name`. */
  readonly repository: string;
  readonly sha: string;
  readonly token: string;
  /** Inputs as the workflow's `with` states them. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface ActionResult {
  readonly exitCode: number | null;
  readonly log: string;
  readonly annotations: readonly Annotation[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The JSON report; null when the Action wrote none. */
  readonly report: unknown;
}

/** Runs the bundled Action as a runner would: its own process, the runner's environment and event file, nothing else. */
export async function runAction(github: LocalGitHub, request: ActionRequest): Promise<ActionResult> {
  const temp = await mkdtemp(join(tmpdir(), 'runner-'));
  const file = (name: string) => join(temp, name);
  await writeFile(file('event.json'), JSON.stringify(request.event));
  await Promise.all(['output', 'summary'].map((name) => writeFile(file(name), '')));
  const { exitCode, log } = await run({
    PATH: process.env['PATH'],
    CI: 'true',
    SOURCE_DATE_EPOCH: String(Date.UTC(2026, 7, 1) / 1000),
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: github.url,
    GITHUB_EVENT_NAME: request.eventName,
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_REPOSITORY: request.repository,
    GITHUB_SHA: request.sha,
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_WORKSPACE: temp,
    RUNNER_TEMP: temp,
    INPUT_TOKEN: request.token,
    ...inputVariables(request.inputs ?? {}),
  });
  const outputs = parseOutputs(await readFile(file('output'), 'utf8'));
  const summary = await readFile(file('summary'), 'utf8');
  const report = outputs['report'] ? (JSON.parse(await readFile(outputs['report'], 'utf8')) as unknown) : null;
  await rm(temp, { recursive: true });
  return { exitCode, log, annotations: parseAnnotations(log), outputs, summary, report };
}

function run(env: NodeJS.ProcessEnv): Promise<{ exitCode: number | null; log: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    child.stdout.on('data', (chunk) => (log += String(chunk)));
    child.stderr.on('data', (chunk) => (log += String(chunk)));
    child.on('error', fail);
    child.on('close', (exitCode) => {
      done({ exitCode, log });
    });
  });
}

/** The runner hands `fail-on` over as `INPUT_FAIL-ON`. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** `name<<delimiter`, the lines of the value, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^(.+)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}

/** `::error file=a.yaml,line=3,title=t::message`, with `%25`, `%0A`, … decoded as the runner does. */
function parseAnnotations(log: string): Annotation[] {
  return [...log.matchAll(/^::(error|warning|notice)(?: (.*?))?::(.*)$/gm)].map((match) => ({
    level: match[1] as Annotation['level'],
    properties: Object.fromEntries(
      (match[2] ?? '').split(',').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name, decode(value.join('='))];
      }),
    ),
    message: decode(match[3] ?? ''),
  }));
}

function decode(text: string): string {
  const characters: Record<string, string> = { '%25': '%', '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' };
  return text.replaceAll(/%(25|0D|0A|3A|2C)/g, (code) => characters[code] ?? code);
}
