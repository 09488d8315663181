import type { LocalGitHub } from '../local-github/local-github.ts';
import type { FileChange } from '../local-github/git/write-commit.ts';
import type { PullRequest } from '../local-github/state/pull-request.ts';
import type { Repository } from '../local-github/state/repository.ts';
import { largeMovedToXl, sampleFiles } from '../support/sample-repository.ts';

export const config = 'configs/large.yaml';

/** What people see of a commit, and of its pull request. */
export interface Seen {
  readonly conclusion: string | null;
  /** Whether GitHub would merge it into its base now. */
  readonly mergeable: boolean;
  readonly title: string | null;
  readonly buttons: readonly string[];
  /** What scalegate said, without the lines that nobody sees. */
  readonly comment: string;
}

/** A pull request of an outsider, from a fork, that moves the Large config to XL. `lead` and `second` may approve it. */
export class Jump {
  readonly repository: Repository;
  readonly fork: Repository;
  readonly pullRequest: PullRequest;

  private constructor(repository: Repository, fork: Repository, pullRequest: PullRequest) {
    this.repository = repository;
    this.fork = fork;
    this.pullRequest = pullRequest;
  }

  static async open(github: LocalGitHub, { name = 'vr-models', files = {}, draft = false }: NewJump = {}) {
    const repository = await github.createRepository({ owner: 'acme', name });
    repository.protect({ checks: [{ name: 'scalegate', source: github.app('scalegate') }] });
    for (const login of ['lead', 'second']) repository.grantRole(login, 'maintain');
    await repository.commit('main', { ...sampleFiles(), ...files }, { author: 'lead' });
    const fork = await repository.fork('outsider');
    await fork.commit('jump', { [config]: largeMovedToXl() }, { author: 'outsider' });
    const head = { repository: fork, branch: 'jump' };
    return new Jump(repository, fork, await repository.openPullRequest({ head, author: 'outsider', draft }));
  }

  push(text: string, files: Record<string, FileChange> = {}): Promise<string> {
    return this.fork.commit('jump', { [config]: text, ...files }, { author: 'outsider' });
  }

  /** Check runs on a commit, oldest first. */
  runs(headSha = this.pullRequest.headSha) {
    return this.repository.checkSuites.filter((suite) => suite.headSha === headSha).flatMap(({ runs }) => runs);
  }

  /** Of all commits: what GitHub would take for a pass must never be among them. */
  conclusions(): ReadonlySet<string | null> {
    return new Set(this.repository.checkSuites.flatMap(({ runs }) => runs.map(({ conclusion }) => conclusion)));
  }

  /** The newest check run, which is the one that GitHub shows and that a ruleset asks for. */
  run(headSha?: string) {
    const run = this.runs(headSha).at(-1);
    if (run === undefined) throw new Error('there is no check');
    return run;
  }

  seen(headSha?: string): Seen {
    const { conclusion, title, buttons } = this.run(headSha);
    return {
      conclusion,
      mergeable: this.pullRequest.obstacle === null,
      title,
      buttons: buttons.map(({ label }) => label),
      comment: visible(this.comments()[0]?.body),
    };
  }

  comments() {
    return this.pullRequest.comments.filter(({ author, body }) => isScalegate(author.login) && !isReply(body));
  }

  replies(): string[] {
    const bodies = this.pullRequest.comments.filter(({ author }) => isScalegate(author.login)).map(({ body }) => body);
    return bodies.filter(isReply);
  }

  /** What the comment has people type. */
  code(): string {
    const code = /^\/scalegate approve (\w{8})$/m.exec(this.comments()[0]?.body ?? '')?.[1];
    if (code === undefined) throw new Error('the comment names no code');
    return code;
  }

  /** The lines on approvals, those that count and those that do not. */
  approvals(): string[] {
    return visible(this.comments()[0]?.body)
      .split('\n')
      .filter((line) => /^- .*`[^`]+`.*\((?:review|command|button)/.test(line))
      .map((line) => line.replace(/, [^,()]* UTC\)/, ')'));
  }
}

export interface NewJump {
  readonly name?: string;
  /** Beside the sample's. */
  readonly files?: Record<string, FileChange>;
  readonly draft?: boolean;
}

function isScalegate(login: string): boolean {
  return login === 'scalegate[bot]';
}

function isReply(body: string): boolean {
  return body.startsWith('<!-- scalegate:reply');
}

function visible(body = ''): string {
  return body.replaceAll(/<!--[^]*?-->\n?/g, '');
}
