import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { withoutEnd } from '../core/without-end.ts';

/** All that an operator can set; docs/app.md says what each is for. */
export interface Settings {
  readonly app: { readonly id: number; readonly privateKey: string };
  /** The secret of the webhook, then the one that it replaces while deliveries signed with that may still come. */
  readonly webhookSecrets: readonly [string, ...string[]];
  readonly github: { readonly apiUrl: string };
  readonly queue: { readonly databaseUrl: string } | { readonly file: string };
  readonly server: { readonly host: string; readonly port: number };
  readonly log: { readonly level: LogLevel; readonly format: 'json' | 'pretty' };
  /** Bearer token that /metrics asks for; null leaves it open. */
  readonly metricsToken: string | null;
  readonly concurrency: number;
  readonly evaluationTimeoutMs: number;
  readonly stopGraceMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
type LogLevel = (typeof logLevels)[number];

const secrets = ['PRIVATE_KEY', 'WEBHOOK_SECRET', 'WEBHOOK_SECRET_OLD', 'METRICS_TOKEN', 'DATABASE_URL'] as const;

/** Reads the settings from the environment. Throws one error that names all mistakes, and no value of a secret. */
export function readSettings(env: Environment, readFile = readText): Settings {
  const mistakes = new Map<string, string>();
  const { data, error } = Variables.safeParse(withSecretsOfFiles(env, readFile, mistakes));
  for (const { path, message } of error?.issues ?? []) {
    const name = path.map(String).join('.');
    if (!mistakes.has(name)) mistakes.set(name, `${name}: ${message}`);
  }
  if (data === undefined || mistakes.size > 0) {
    throw new Error(`these settings are wrong:\n${[...mistakes.values()].map((line) => `  ${line}`).join('\n')}`);
  }
  return {
    app: { id: data.APP_ID, privateKey: data.PRIVATE_KEY },
    webhookSecrets: [data.WEBHOOK_SECRET, ...(data.WEBHOOK_SECRET_OLD === undefined ? [] : [data.WEBHOOK_SECRET_OLD])],
    github: { apiUrl: apiUrlOf(data) },
    queue: data.DATABASE_URL === undefined ? { file: data.QUEUE_FILE } : { databaseUrl: data.DATABASE_URL },
    server: { host: data.HOST, port: data.PORT },
    log: { level: data.LOG_LEVEL, format: data.LOG_FORMAT },
    metricsToken: data.METRICS_TOKEN ?? null,
    concurrency: data.CONCURRENCY,
    evaluationTimeoutMs: data.EVALUATION_TIMEOUT_SECONDS * 1000,
    stopGraceMs: data.STOP_GRACE_SECONDS * 1000,
  };
}

/** Whether there are no credentials at all, so that an app is yet to be registered. */
export function lacksCredentials(env: Environment): boolean {
  const names = [
    'APP_ID',
    'PRIVATE_KEY',
    'PRIVATE_KEY_PATH',
    'PRIVATE_KEY_FILE',
    'WEBHOOK_SECRET',
    'WEBHOOK_SECRET_FILE',
  ];
  return names.every((name) => isUnset(env[name]));
}

const required = (what: string) => z.string(`is not set. ${what}`);
const seconds = (most: number) => integer(1, most, 'whole seconds');

function integer(least: number, most: number, what: string) {
  const error = `expected ${what} from ${least} to ${most}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.int().min(least, error).max(most, error));
}

const url = (protocols: RegExp, error: string) => z.url({ protocol: protocols, error });

const Variables = z
  .object({
    APP_ID: required('It is the "App ID" on the app\'s settings page.')
      .regex(/^\d+$/, 'expected the number that the app\'s settings page calls "App ID"')
      .transform(Number),
    PRIVATE_KEY: required('Give PRIVATE_KEY, or the path of the downloaded .pem file as PRIVATE_KEY_PATH.').transform(
      readKey,
    ),
    WEBHOOK_SECRET: required('It is the "Webhook secret" that the app\'s settings page was given.'),
    WEBHOOK_SECRET_OLD: z.string().optional(),
    GITHUB_API_URL: url(/^https?$/, 'expected a URL, such as https://github.example.com/api/v3').optional(),
    GHE_HOST: z
      .string()
      .regex(/^[\w.-]+(:\d+)?$/, 'expected a host name without https://, such as github.example.com')
      .optional(),
    GHE_PROTOCOL: z.enum(['https', 'http'], 'expected https or http').default('https'),
    DATABASE_URL: url(/^postgres(?:ql)?$/, 'expected a URL that starts with postgres:// or postgresql://').optional(),
    QUEUE_FILE: z.string().default('scalegate-queue.sqlite'),
    HOST: z.string().default('localhost'),
    PORT: integer(0, 65_535, 'a port').default(3000),
    LOG_LEVEL: z.enum(logLevels, `expected one of ${logLevels.join(', ')}`).default('info'),
    LOG_FORMAT: z.enum(['json', 'pretty'], 'expected json or pretty').default('json'),
    METRICS_TOKEN: z.string().optional(),
    CONCURRENCY: integer(1, 64, 'a whole number').default(8),
    EVALUATION_TIMEOUT_SECONDS: seconds(900).default(120),
    // Docker kills 10 s after it asked
    STOP_GRACE_SECONDS: seconds(300).default(8),
  })
  .refine(({ GITHUB_API_URL, GHE_HOST }) => GITHUB_API_URL === undefined || GHE_HOST === undefined, {
    path: ['GHE_HOST'],
    message: 'is set, and so is GITHUB_API_URL; give one of the two',
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

function apiUrlOf({ GITHUB_API_URL, GHE_HOST, GHE_PROTOCOL }: z.infer<typeof Variables>): string {
  if (GITHUB_API_URL !== undefined) return withoutEnd(GITHUB_API_URL, '/');
  return GHE_HOST === undefined ? 'https://api.github.com' : `${GHE_PROTOCOL}://${GHE_HOST}/api/v3`;
}

/** As PEM with real line breaks; one-line variables have `\n` for them, or the whole in Base64. */
function readKey(given: string, context: z.RefinementCtx<string>): string {
  const text = given.includes('-----BEGIN') ? given.replaceAll('\\n', '\n') : Buffer.from(given, 'base64').toString();
  try {
    return createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    context.addIssue("is no private key in PEM form; generate one on the app's settings page and give the whole file");
    return z.NEVER;
  }
}

/** `NAME_FILE` names a file that holds the value of `NAME`, as Docker and Kubernetes hand out secrets. */
function withSecretsOfFiles(
  env: Environment,
  readFile: (path: string) => string,
  mistakes: Map<string, string>,
): Environment {
  const values: Record<string, string | undefined> = Object.fromEntries(
    Object.entries(env).filter(([, value]) => !isUnset(value)),
  );
  for (const name of secrets) {
    const sources = [name, `${name}_FILE`, ...(name === 'PRIVATE_KEY' ? ['PRIVATE_KEY_PATH'] : [])];
    const [source, another] = sources.filter((variable) => values[variable] !== undefined);
    if (another !== undefined) mistakes.set(name, `${name}: ${source} and ${another} are set; give one of them`);
    if (source === undefined || source === name) continue;
    try {
      values[name] = readFile(values[source] ?? '').trim();
    } catch (error) {
      mistakes.set(name, `${source}: the file can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  }
  return values;
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
