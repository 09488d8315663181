import { expect, test } from 'vitest';
import { errorText } from './error-text.ts';

test.each([
  { secret: `ghs_${'a'.repeat(36)}` },
  { secret: 'github_pat_11AAAAAAA0bbbb_cccc' },
  { secret: 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.c2lnbmF0dXJl' },
  { secret: 'hunter2', text: 'connect postgres://user:hunter2@database:5432/jobs failed' },
  { secret: 'abc123', text: 'authorization: Bearer abc123' },
  { secret: 'MIIEow', text: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----' },
])('no secret is kept of an error: $secret', ({ secret, text = `bad credentials ${secret} refused` }) => {
  expect(errorText(new Error('outer', { cause: new Error(text) }))).not.toContain(secret);
});

test('an error is one line with its causes, and short', () => {
  expect(errorText(new Error('could not read\nthe file', { cause: new TypeError('no \u0007bell') }))).toBe(
    'Error: could not read the file (TypeError: no bell)',
  );
  expect(errorText(new Error('x'.repeat(100_000)))).toHaveLength(501);
  expect(errorText('thrown')).toBe('thrown');
});
