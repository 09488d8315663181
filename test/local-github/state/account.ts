import type { App } from './app.ts';

export interface Account {
  readonly id: number;
  /** As REST shows it: a bot's ends in `[bot]`. */
  readonly login: string;
  readonly type: 'Bot' | 'Organization' | 'User';
  /** Whose bot it is, where the App is registered here. */
  readonly app?: App;
}

/** The name under which GraphQL lists a bot: without the `[bot]` that REST adds. */
export function actorLogin({ login }: Account): string {
  return login.replace(/\[bot\]$/, '');
}

/** The address that GitHub gives an account; a commit signed with it is linked to the account. */
export function noReplyAddress(login: string): string {
  return `${login}@users.noreply.github.com`;
}

export function isBotLogin(login: string): boolean {
  return login.endsWith('[bot]');
}

export function loginOfNoReplyAddress(email: string): string | undefined {
  return /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
}
