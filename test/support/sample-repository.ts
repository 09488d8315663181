import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LocalGitHub } from '../local-github/local-github.ts';
import type { Repository } from '../local-github/state/repository.ts';

const examples = resolve(import.meta.dirname, '../../examples');

/** The first user's repository: their plan, and one config for each of its five scales. */
export function sampleFiles(): Record<string, string> {
  const configs = readdirSync(join(examples, 'configs'));
  return {
    'docs/model-scaling-estimates.md': readFileSync(join(examples, 'model-scaling-estimates.md'), 'utf8'),
    ...Object.fromEntries(configs.map((name) => [`configs/${name}`, sampleConfig(name)])),
  };
}

/** One of the example configs by file name. */
export function sampleConfig(name: string): string {
  return readFileSync(join(examples, 'configs', name), 'utf8');
}

/** The sample repository on a local GitHub, with an engineer who proposes changes and a lead who may approve them. */
export async function createSampleRepository(github: LocalGitHub): Promise<Repository> {
  const repository = await github.createRepository({ owner: 'acme', name: 'vr-models' });
  repository.roles.set('engineer', 'write');
  repository.roles.set('lead', 'maintain');
  await repository.commit('main', sampleFiles(), { message: 'Scaling plan and configs', author: 'lead' });
  return repository;
}

/** The Large config with the dimensions and the duration of XL: the change that the demo proposes. */
export function largeMovedToXl(): string {
  return sampleConfig('xl.yaml').replace('name: xl', 'name: large');
}

/** What a workflow's own token may do with the permissions that the README asks for. */
export function workflowToken(github: LocalGitHub): string {
  return github.tokenFor({
    login: 'github-actions[bot]',
    type: 'Bot',
    permissions: { contents: 'read', metadata: 'read', pull_requests: 'write' },
  });
}
