import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { readSettings } from '../src/app/settings.ts';
import { publishCommands } from '../scripts/release/publish-commands.ts';
import { version } from '../src/core/version.ts';
import { appKey } from './local-github/state/app-key.ts';

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly selector: Readonly<Record<string, unknown>>;
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly Container[] };
    };
  };
}

interface Container {
  readonly image: string;
  readonly readinessProbe: { readonly httpGet: { readonly path: string } };
  readonly livenessProbe: { readonly httpGet: { readonly path: string } };
}

const text = readFileSync('kubernetes.yaml', 'utf8');
const documents = parseAllDocuments(text);
const manifests = documents.map((document) => document.toJS() as Manifest);
const [deployment] = manifests;
const [container] = deployment!.spec.template.spec.containers;

const secret = {
  APP_ID: '1',
  PRIVATE_KEY: appKey(0),
  WEBHOOK_SECRET: 'a long random text',
  DATABASE_URL: 'postgres://scalegate@db/scalegate',
};

test('it is YAML without a mistake', () => {
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
});

test('the secret holds what the App has to be given, by the names that it reads', () => {
  const named = [...text.matchAll(/(?:literal|file)=([A-Z_]+)=/g)].map(([, name]) => name!);
  expect(named.toSorted()).toEqual(Object.keys(secret).toSorted());
  expect(readSettings(secret).queue).toEqual({ databaseUrl: secret.DATABASE_URL });
});

test('the service and the budget find the instances', () => {
  const labels = deployment!.spec.template.metadata.labels;
  const [, service, budget] = manifests;
  expect(service!.spec.selector).toEqual(labels);
  expect(budget!.spec.selector).toEqual({ matchLabels: labels });
  expect(deployment!.spec.selector).toEqual({ matchLabels: labels });
});

test('the image is the one that this version releases, and it may finish what runs', () => {
  const pushed = publishCommands(version, { npmPackage: '', wheel: '' }).find(([, command]) => command === 'push');
  expect(container!.image).toBe(pushed?.at(-1));
  const settings = readSettings(secret);
  expect(deployment!.spec.template.spec.terminationGracePeriodSeconds * 1000).toBeGreaterThan(settings.stopGraceMs);
});

test('the probes ask for pages that docs/app.md promises', () => {
  const pages = readFileSync('docs/app.md', 'utf8');
  for (const { httpGet } of [container!.readinessProbe, container!.livenessProbe])
    expect(pages).toContain(`| \`${httpGet.path}\` `);
});
