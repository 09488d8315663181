import type { Probot } from 'probot';
import type { AnswerCache } from '../github/http/answer-cache.ts';
import type { GitHubClient } from '../github/http/client.ts';
import { withConditionalRequests } from '../github/http/conditional.ts';
import { RateLimited, withPatience, type Clock, type Pause } from '../github/http/patience.ts';
import { statusOf } from '../github/http/status-of.ts';
import { AppOctokit } from './probot.ts';
import type { Settings } from './settings.ts';

/** What GitHub answered, as far as it is counted. */
export interface Answered {
  /** null where no answer came. */
  readonly status: number | null;
  /** null for requests of the app itself. */
  readonly installationId: number | null;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

export interface ClientOptions {
  readonly onAnswer?: (answered: Answered) => void;
  /** What all clients of an installation wait for together; null for those of the app itself. */
  readonly pauseOf: (installationId: number | null) => Pause;
  /** What is known of GitHub's answers; nothing is kept where it is left out. */
  readonly answers?: AnswerCache;
  readonly clock?: Clock;
}

/** Clients of GitHub with the credentials of the App, each for one job: they wait within its budget, and end with it. */
export interface Clients {
  /** For the endpoints of the app itself, which take a JWT; it is signed anew where GitHub's clock differs from ours. */
  app(signal?: AbortSignal): GitHubClient;
  /** `onWait` is told of each wait that GitHub asks for. */
  installation(id: number, signal?: AbortSignal, onWait?: (waitMs: number) => void): Promise<GitHubClient>;
}

export function createClients(probot: Probot, { app, github }: Settings, options: ClientOptions): Clients {
  const { answers, clock, onAnswer, pauseOf } = options;

  /** The last wrapper is the outermost: it ends what an earlier one sends and counts. */
  function prepare(
    octokit: Octokit,
    installationId: number | null,
    signal: AbortSignal | undefined,
    onWait?: (waitMs: number) => void,
  ): GitHubClient {
    octokit.hook.wrap('request', async (send, request) => {
      try {
        const response = await send(request);
        onAnswer?.({ status: response.status, installationId, headers: response.headers });
        return response;
      } catch (error) {
        onAnswer?.({ status: answeredStatus(error), installationId, headers: headersOf(error) });
        throw error;
      }
    });
    octokit.hook.wrap('request', withPatience(clock, pauseOf(installationId), onWait));
    if (signal !== undefined) {
      octokit.hook.wrap('request', (send, options) => {
        // In place: hooks that were registered earlier get these very options and no others
        options.request = { ...options.request, signal };
        return send(options);
      });
    }
    if (installationId !== null) {
      octokit.hook.wrap('request', async (send, request) => {
        try {
          return await send(request);
        } catch (error) {
          if (statusOf(error) !== 401) throw error;
          // The token is kept for an hour, and GitHub may have revoked it
          await octokit.auth({ type: 'installation', refresh: true });
          return await send(request);
        }
      });
    }
    // Outermost: an answer that can't have changed is no request, and waits for nothing
    if (answers !== undefined) {
      const scope = installationId === null ? 'app' : `installation ${installationId}`;
      octokit.hook.wrap('request', withConditionalRequests(answers, scope, octokit.request.endpoint));
    }
    return octokit;
  }

  return {
    app: (signal) => {
      const auth = { appId: app.id, privateKey: app.privateKey };
      return prepare(new AppOctokit({ auth, baseUrl: github.apiUrl }), null, signal);
    },
    // Probot has one cache of tokens for all that it makes
    installation: async (id, signal, onWait) => prepare(await probot.auth(id), id, signal, onWait),
  };
}

type Octokit = InstanceType<typeof AppOctokit>;

/** Whether an installation is gone, or suspended: GitHub gives no token for it. Nothing is to be done there. */
export function isWithoutInstallation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isWithoutInstallation(error.cause)) return true;
  const { request } = error as { readonly request?: { readonly url?: string } };
  const status = statusOf(error);
  // A token that was made before the suspension is still kept
  if (status === 403 && /suspended/i.test(error.message)) return true;
  return (status === 404 || status === 403) && /\/app\/installations\/\d+\/access_tokens$/.test(request?.url ?? '');
}

/** The limit that is in the way, however deep in the causes it is. */
export function rateLimitOf(error: unknown): RateLimited | null {
  if (error instanceof RateLimited) return error;
  return error instanceof Error ? rateLimitOf(error.cause) : null;
}

/** Octokit reports a failed connection with status 500, and without a response. */
function answeredStatus(error: unknown): number | null {
  return error instanceof Error && 'response' in error && error.response !== undefined ? statusOf(error) : null;
}

function headersOf(error: unknown): Answered['headers'] {
  const { response } = error as { readonly response?: { readonly headers?: Answered['headers'] } };
  return response?.headers ?? {};
}
