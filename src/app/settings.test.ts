import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lacksCredentials, readSettings, type Environment } from './settings.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const needed = { APP_ID: '77', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a secret of the webhook' };

function mistakesOf(env: Environment, readFile?: (path: string) => string): string {
  try {
    readSettings(env, readFile);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

test('three values are enough', () => {
  expect(readSettings(needed)).toMatchObject({
    app: { id: 77 },
    webhookSecrets: ['a secret of the webhook'],
    github: { apiUrl: 'https://api.github.com' },
    queue: { file: 'scalegate-queue.sqlite' },
    server: { host: 'localhost', port: 3000 },
    log: { level: 'info', format: 'json' },
    metricsToken: null,
  });
});

test('all mistakes are reported at once, each with what to do, and none with a value of a secret', () => {
  const mistakes = mistakesOf({
    PRIVATE_KEY: 'hunter2',
    DATABASE_URL: 'mysql://user:hunter2@db',
    GHE_HOST: 'https://github.example.com',
    PORT: '70000',
    LOG_LEVEL: 'loud',
    CONCURRENCY: '0',
    EVALUATION_TIMEOUT_SECONDS: '2 minutes',
  });
  expect(mistakes).toMatchInlineSnapshot(`
    "these settings are wrong:
      APP_ID: is not set. It is the "App ID" on the app's settings page.
      PRIVATE_KEY: is no private key in PEM form; generate one on the app's settings page and give the whole file
      WEBHOOK_SECRET: is not set. It is the "Webhook secret" that the app's settings page was given.
      GHE_HOST: expected a host name without https://, such as github.example.com
      DATABASE_URL: expected a URL that starts with postgres:// or postgresql://
      PORT: expected a port from 0 to 65535
      LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal
      CONCURRENCY: expected a whole number from 1 to 64
      EVALUATION_TIMEOUT_SECONDS: expected whole seconds from 1 to 900"
  `);
  expect(mistakes).not.toContain('hunter2');
});

describe('the private key', () => {
  const keyOf = (env: Environment, readFile?: (path: string) => string) => readSettings(env, readFile).app.privateKey;

  test.each([
    ['with line breaks', privateKey],
    ['on one line with \\n', privateKey.replaceAll('\n', '\\n')],
    ['in Base64', Buffer.from(privateKey).toString('base64')],
  ])('is read %s', (_, given) => {
    expect(keyOf({ ...needed, PRIVATE_KEY: given })).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  test.each(['PRIVATE_KEY_PATH', 'PRIVATE_KEY_FILE'])('is read from the file that %s names', (name) => {
    const key = keyOf({ ...needed, PRIVATE_KEY: '', [name]: '/run/secrets/key' }, (path) => {
      expect(path).toBe('/run/secrets/key');
      return privateKey;
    });
    expect(key).toContain('BEGIN PRIVATE KEY');
  });

  test('is missing once, where its file is missing', () => {
    const mistakes = mistakesOf({ ...needed, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/no/such/key.pem' });
    expect(mistakes).toBe("these settings are wrong:\n  PRIVATE_KEY_PATH: the file can't be read (ENOENT)");
  });

  test('is given in one way only', () => {
    expect(mistakesOf({ ...needed, PRIVATE_KEY_PATH: 'key.pem' }, () => privateKey)).toContain(
      'PRIVATE_KEY and PRIVATE_KEY_PATH are set; give one of them',
    );
  });
});

test('secrets come from files too, without the line break at their end', () => {
  const files: Record<string, string> = { '/s/new': 'new secret\n', '/s/old': 'old secret\n', '/s/metrics': 'token\n' };
  const settings = readSettings(
    {
      ...needed,
      WEBHOOK_SECRET: undefined,
      WEBHOOK_SECRET_FILE: '/s/new',
      WEBHOOK_SECRET_OLD_FILE: '/s/old',
      METRICS_TOKEN_FILE: '/s/metrics',
    },
    (path) => files[path] ?? '',
  );
  expect(settings).toMatchObject({ webhookSecrets: ['new secret', 'old secret'], metricsToken: 'token' });
});

test.each([
  [{ GHE_HOST: 'github.example.com' }, 'https://github.example.com/api/v3'],
  [{ GHE_HOST: 'localhost:8080', GHE_PROTOCOL: 'http' }, 'http://localhost:8080/api/v3'],
  [{ GITHUB_API_URL: 'https://github.example.com/api/v3/' }, 'https://github.example.com/api/v3'],
])('GitHub Enterprise Server is set by %j', (env, apiUrl) => {
  expect(readSettings({ ...needed, ...env }).github.apiUrl).toBe(apiUrl);
});

test('two addresses of GitHub are one too many', () => {
  expect(mistakesOf({ ...needed, GHE_HOST: 'a.example', GITHUB_API_URL: 'https://b.example' })).toContain(
    'GHE_HOST: is set, and so is GITHUB_API_URL; give one of the two',
  );
});

test('PostgreSQL takes the place of the queue file', () => {
  const url = 'postgres://scalegate@database:5432/scalegate?sslmode=verify-full';
  expect(readSettings({ ...needed, DATABASE_URL: url, QUEUE_FILE: '/data/queue.sqlite' }).queue).toEqual({
    databaseUrl: url,
  });
});

test('an app is yet to be registered only where no credential is set', () => {
  expect(lacksCredentials({ PORT: '3000', APP_ID: '', WEBHOOK_SECRET: ' ' })).toBe(true);
  for (const name of Object.keys(needed)) expect(lacksCredentials({ [name]: 'x' })).toBe(false);
});
