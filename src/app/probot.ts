import { Probot, ProbotOctokit } from 'probot';
import type { Settings } from './settings.ts';

/** Octokit writes the bodies of its requests to its log, and with them what stands in configs. */
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Octokit as the App uses it: Probot's, with its authentication, and without its plugins that throttle and retry, which
 * have GraphQL queries wait for each other: patience.ts does both.
 */
export const AppOctokit = ProbotOctokit.defaults((given: GivenOptions) => ({
  ...given,
  auth: authAt(given),
  log: silent,
  throttle: { enabled: false },
  retry: { enabled: false },
  userAgent: 'scalegate',
}));

interface GivenOptions {
  readonly baseUrl?: string;
  readonly auth?: { readonly request?: { defaults(parameters: { readonly baseUrl: string }): unknown } };
}

/** Probot asks api.github.com for a new token, whatever GitHub it was given, where it is told to. */
function authAt({ auth, baseUrl }: GivenOptions) {
  return auth?.request === undefined || baseUrl === undefined
    ? auth
    : { ...auth, request: auth.request.defaults({ baseUrl }) };
}

/** Probot with the credentials of the App: it signs the JWTs, keeps the tokens of the installations, and has the log. */
export async function createProbot({ app, github, log, webhookSecrets }: Settings): Promise<Probot> {
  const probot = new Probot({
    appId: app.id,
    privateKey: app.privateKey,
    secret: webhookSecrets[0],
    baseUrl: github.apiUrl,
    Octokit: AppOctokit,
    logLevel: log.level,
    logFormat: log.format,
    logLevelInString: true,
  });
  return await probot.ready();
}
