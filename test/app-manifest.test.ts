import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { servedEvents } from '../src/app/events/jobs-of.ts';
import { webhookEvents, type Permissions } from './local-github/operations.ts';
import { grants } from './local-github/state/grants.ts';

const text = readFileSync('app.yml', 'utf8');
const manifest = parse(text) as {
  readonly public: boolean;
  readonly default_permissions: Permissions;
  readonly default_events: readonly string[];
};

describe('the manifest of the App', () => {
  test('asks for the events that are served; those of its installation come without asking', () => {
    const asked = servedEvents.filter((event) => !event.startsWith('installation'));
    expect([...manifest.default_events].sort()).toEqual(asked.sort());
  });

  test('asks for the permissions that GitHub wants for these events', () => {
    for (const event of servedEvents) {
      const { permission } = webhookEvents[event as keyof typeof webhookEvents];
      expect(permission === null || grants(manifest.default_permissions, permission), event).toBe(true);
    }
  });

  test('may write checks and what stands on pull requests, and no code', () => {
    const writes = Object.entries(manifest.default_permissions).filter(([, access]) => access !== 'read');
    expect(writes.map(([subject]) => subject).sort()).toEqual(['checks', 'pull_requests', 'statuses']);
    expect(manifest.public).toBe(false);
  });

  test('fits between the single quotes in which the set-up page has it', () => {
    expect(JSON.stringify(parse(text))).not.toContain("'");
  });
});

test('every permission and event of the manifest is explained', () => {
  const page = readFileSync('docs/app.md', 'utf8');
  const permissions = Object.entries(manifest.default_permissions).map(
    ([subject, access]) => `\`${subject}: ${access}\``,
  );
  for (const name of [...permissions, ...servedEvents.map((event) => `\`${event}\``)]) expect(page).toContain(name);
});

test('every setting is explained', () => {
  const settings = readFileSync('src/app/settings.ts', 'utf8').matchAll(/^ {4}([A-Z_]{4,}): /gm);
  const page = readFileSync('docs/app.md', 'utf8');
  for (const [, name] of settings) expect(page).toContain(`\`${name ?? ''}`);
});
