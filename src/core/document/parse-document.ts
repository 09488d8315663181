import { startOf } from '../problem.ts';
import { fileOf } from '../recipe-path.ts';
import { documentLimits, type ParseResult } from './document.ts';
import { parseJson5 } from './parse-json5.ts';
import { parseJson } from './parse-json.ts';
import { parsePython } from './parse-python.ts';
import { parseSettings } from './parse-settings.ts';
import { parseShell } from './parse-shell.ts';
import { parseToml } from './parse-toml.ts';
import { parseYaml } from './parse-yaml.ts';

export type Syntax = 'yaml' | 'json' | 'json5' | 'toml' | 'settings' | 'shell' | 'python';

const syntaxes: Readonly<Record<string, Syntax>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.jsonc': 'json',
  '.json5': 'json5',
  '.jsonnet': 'json5',
  '.toml': 'toml',
  '.env': 'settings',
  '.gin': 'settings',
  '.conf': 'settings',
  '.sh': 'shell',
  '.bash': 'shell',
  '.slurm': 'shell',
  '.sbatch': 'shell',
  '.py': 'python',
};

const parsers: Readonly<Record<Syntax, (path: string, text: string) => ParseResult>> = {
  yaml: parseYaml,
  json: parseJson,
  json5: parseJson5,
  toml: parseToml,
  settings: parseSettings,
  shell: parseShell,
  python: parsePython,
};

/** The endings of files that are read, as a person would list them. */
export const readEndings = new Intl.ListFormat('en', { type: 'disjunction', style: 'long' }).format(
  Object.keys(syntaxes),
);

/** The syntax that a file's ending promises; null for any other file. */
export function syntaxOf(path: string): Syntax | null {
  const ending = /\.[a-z]+5?$/i.exec(fileOf(path))?.[0].toLowerCase() ?? '';
  return syntaxes[ending] ?? null;
}

/**
 * Reads a YAML, JSON, TOML, shell or Python file, chosen by its ending. Never throws, whatever the text: what can't be read, or is
 * beyond {@link documentLimits}, is a problem with its place. Comments and trailing commas in JSON, and keys that stand
 * twice, are read, and told apart under `leniencies`.
 */
export function parseDocument(path: string, text: string): ParseResult {
  const syntax = syntaxOf(path);
  if (syntax === null)
    return refuse(
      path,
      'unknown-syntax',
      'scalegate does not read files with this ending.',
      `Expected ${readEndings}.`,
    );
  if (text.length > documentLimits.maxCharacters) {
    const hint = `Expected at most ${documentLimits.maxCharacters}.`;
    return refuse(path, 'too-large', `The file has ${text.length} characters.`, hint);
  }
  const content = text.replace(/^\uFEFF/, '');
  // DeepSpeed's configs are JSON under the ending of settings, too: `ds_configs/stage3.conf`
  const written = syntax === 'settings' && content.trimStart().startsWith('{') ? 'json' : syntax;
  return parsers[written](path, content);
}

/** The same for files of scalegate's own, in which a key stands once. */
export function parseStrictDocument(path: string, text: string): ParseResult {
  const result = parseDocument(path, text);
  const duplicates = result.leniencies.filter(({ code }) => code === 'duplicate-key');
  return duplicates.length === 0
    ? result
    : { ...result, document: null, problems: [...result.problems, ...duplicates] };
}

function refuse(path: string, code: string, message: string, hint: string | null): ParseResult {
  return { document: null, problems: [{ code, place: startOf(path), key: null, message, hint }], leniencies: [] };
}
