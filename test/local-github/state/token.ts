import type { Permission, Permissions } from '../operations.ts';
import type { Account } from './account.ts';

/** Who calls, and what the caller may. */
export interface Token {
  readonly account: Account;
  readonly permissions: Permissions;
}

/** Write includes read, and everyone may read metadata, as with a GitHub App's token. */
export function allows({ permissions }: Token, permission: Permission): boolean {
  const [subject, access] = permission.split(':') as [keyof Permissions, 'read' | 'write'];
  if (subject === 'metadata') return access === 'read';
  return permissions[subject] === 'write' || permissions[subject] === access;
}
