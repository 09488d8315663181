import { createHash, createHmac } from 'node:crypto';
import { fingerprintText, type ApprovalScope } from '../../core/policy/approvals/request.ts';

/** Digits and letters that nobody takes for one another: no 0 and O, no 1 and I. 32 of them, 5 bits each. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 8;

/**
 * The code that people type to approve what is shown on a pull request. Keyed, because whoever opens the pull request
 * chooses the state: with a bare hash they could look for two states with one code, show the small one, and push the
 * other.
 */
export function fingerprintCode(secret: string, pullRequest: number, scope: ApprovalScope): string {
  const key = createHmac('sha256', secret).update('scalegate fingerprint 1').digest();
  const digest = createHmac('sha256', key)
    .update(`${pullRequest}\n${fingerprintText(scope)}`)
    .digest();
  // 256 is a multiple of 32, so that every character is equally likely
  return Array.from(digest.subarray(0, codeLength), (byte) => alphabet[byte % alphabet.length]).join('');
}

/**
 * The scope with the texts of plan and policy, and the branch they hold for, as one hash: small enough to keep. A pull
 * request that is moved to another base is thereby another state, whatever the plan there.
 */
export function sealScope(scope: ApprovalScope, baseRef: string): ApprovalScope {
  const guards = createHash('sha256')
    .update(JSON.stringify([baseRef, scope.guards]))
    .digest('hex');
  return { ...scope, guards };
}
