import { expect, test } from 'vitest';
import { aScope } from '../../../test/support/an-approval.ts';
import { decodeExternalId, encodeExternalId } from '../checks/external-id.ts';
import { fingerprintCode, sealScope } from './fingerprint.ts';

test('a code has eight characters that nobody mistakes, and stands for one state of one pull request', () => {
  const code = fingerprintCode('key', 12, aScope);
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
  expect(fingerprintCode('key', 12, structuredClone(aScope))).toBe(code);
  expect(fingerprintCode('other key', 12, aScope)).not.toBe(code);
  expect(fingerprintCode('key', 13, aScope)).not.toBe(code);
  expect(fingerprintCode('key', 12, { ...aScope, guards: 'plan 2' })).not.toBe(code);
});

test('the same plan for another branch is another state', () => {
  expect(sealScope(aScope, 'main').guards).not.toBe(sealScope(aScope, 'release').guards);
  expect(sealScope(aScope, 'main').items).toBe(aScope.items);
});

test.each([
  { pullRequest: 12, headSha: 'a'.repeat(40), code: 'K7Q2M9XA', basis: '0123456789abcdef' },
  { pullRequest: 9_999_999_999, headSha: 'f'.repeat(64), code: null, basis: 'f'.repeat(16) },
  { pullRequest: null, headSha: '0'.repeat(40), code: null, basis: null },
])('the external id of $pullRequest is read as it was written, and is short', (id) => {
  const text = encodeExternalId(id);
  expect(text.length).toBeLessThanOrEqual(255);
  expect(decodeExternalId(text)).toEqual(id);
});

test.each([
  '',
  '12',
  `scalegate/2 12 ${'a'.repeat(40)} -`,
  `scalegate/1 012 ${'a'.repeat(40)} -`,
  `scalegate/1 12 x -`,
  `scalegate/1 12 ${'a'.repeat(40)} - `,
  `scalegate/1 12 ${'a'.repeat(40)} - other`,
])('%j is no external id of ours', (text) => {
  expect(decodeExternalId(text)).toBeNull();
});
