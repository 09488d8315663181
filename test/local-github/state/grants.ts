import type { Permission, Permissions } from '../operations.ts';

/** Write includes read, and everyone may read metadata. */
export function grants(permissions: Permissions, permission: Permission): boolean {
  const [subject, access] = permission.split(':') as [keyof Permissions, 'read' | 'write'];
  if (subject === 'metadata') return access === 'read';
  return permissions[subject] === 'write' || permissions[subject] === access;
}
