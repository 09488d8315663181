import { syntaxOf } from '../document/parse-document.ts';
import { matchesAny } from '../glob/matches-any.ts';
import type { Policy } from './policy.ts';

/**
 * Whether a file is looked at: YAML, JSON, TOML, a shell script or Python that the policy lists and does not ignore. Where the policy lists
 * nothing, everything but files that are never configs.
 */
export function isConfigPath(path: string, policy: Pick<Policy, 'configs' | 'ignore'> = withoutPolicy): boolean {
  if (syntaxOf(path) === null || matchesAny(policy.ignore, path)) return false;
  return policy.configs === null ? !matchesAny(neverConfigs, path) : matchesAny(policy.configs, path);
}

const withoutPolicy = { configs: null, ignore: [] };

/** Files that other tools own in every repository. Short on purpose: what is listed here is a place to hide a config. */
const neverConfigs: readonly string[] = [
  '{.github,dist}/**',
  '**/node_modules/**',
  '**/{composer,package,package-lock,renovate,tsconfig}.json',
  '**/{Cargo,pyproject}.toml',
  '**/{setup,conftest,__init__}.py',
  '**/{pnpm-lock,pnpm-workspace,compose,docker-compose,mkdocs,.pre-commit-config}.{yaml,yml}',
  '**/{tokenizer,tokenizer_config,special_tokens_map,vocab}.json',
];

const most = { characters: 200, alternatives: 64 };

/** What is wrong with a glob, as what was expected instead; null for a good one. */
export function explainGlob(glob: string): string | null {
  if (glob === '' || glob.length > most.characters) return `a glob of 1 to ${most.characters} characters`;
  if (glob.startsWith('/') || glob.startsWith('./'))
    return 'a glob from the root of the repository, without a slash in front';
  if (glob.endsWith('/')) return `a glob of files: "${glob}**" for everything in the folder`;
  if (glob.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'folder names between slashes';
  if (/[[\]()!\\]/.test(glob)) return 'a glob of **, *, ? and {a,b}; [ ], ( ), ! and \\ have no meaning here';
  if (!/^(?:[^{}]|\{[^{}]*\})*$/.test(glob)) return 'braces in pairs, not within each other';
  return countAlternatives(glob) > most.alternatives ? `at most ${most.alternatives} alternatives in braces` : null;
}

function countAlternatives(glob: string): number {
  return [...glob.matchAll(/\{([^{}]*)\}/g)].reduce(
    (product, [, choices = '']) => product * choices.split(',').length,
    1,
  );
}
