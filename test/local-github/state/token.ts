import type { Permission, Permissions } from '../operations.ts';
import type { Account } from './account.ts';
import type { App } from './app.ts';
import { Budget } from './budget.ts';
import { grants } from './grants.ts';
import type { Installation } from './installation.ts';
import type { Repository } from './repository.ts';

/** Who calls, and what the caller may. */
export interface Token {
  readonly account: Account;
  readonly permissions: Permissions;
  readonly budget: Budget;
  /** The App that acts; null for a token that no App of this GitHub has asked for. */
  readonly app: App | null;
  /** Of which it is a token; null for the App's own JSON Web Token, and where there is no App. */
  readonly installation: Installation | null;
  /** Those that were named when it was asked for; null for all of the installation. */
  readonly repositories: readonly Repository[] | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A token that has to do with no App of this GitHub, such as that of a workflow. */
export function plainToken(account: Account, permissions: Permissions): Token {
  const everything = { app: null, installation: null, repositories: null, expiresAt: Infinity };
  return { account, permissions, budget: new Budget(), ...everything };
}

/** Write includes read, and everyone may read metadata, as with a GitHub App's token. */
export function allows({ installation, permissions }: Token, permission: Permission): boolean {
  return grants(permissions, permission) && (installation === null || installation.allows(permission));
}

/** False where an installation's token is used on a repository that it was not given. */
export function reaches({ installation, repositories }: Token, repository: Repository): boolean {
  if (installation === null) return true;
  return installation.has(repository) && (repositories?.includes(repository) ?? true);
}
