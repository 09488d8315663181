import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Format } from '../../src/core/formats/format.ts';
import { formats } from '../../src/core/formats/index.ts';
import { generatedFrom } from './generated-from.ts';
import { table } from './table.ts';

const folder = join(import.meta.dirname, '../../src/core/formats');

/** What is read of each config format, and what is not: the readmes of the formats on one page. */
export function formatsPage(): string {
  const rows = formats.map((format) => [`[${format.name}](#${format.name})`, format.title, syntaxesOf(format)]);
  return `${generatedFrom('the readmes in src/core/formats')}
# Formats

A training config is recognized by what is in it; the name of the file is no evidence.
The policy may narrow down which files are looked at: see [configs and ignore](policy.md#configs-and-ignore).

${table(['Format', 'Written for', 'Syntax'], rows)}

Of a file in one of these formats only the keys listed here are read; other keys of the framework are ignored.
A key that is read and has a wrong value is a problem at its line, never a default.
What a config leaves out comes from the [policy's assumptions](policy.md#assumptions), then from the [plan](plan.md), then from defaults, and is listed in the report.

Files of more than 1,000,000 characters, 64 levels or 100,000 values are not read, and neither are symbolic links, submodules and pointers of Git LFS.
Each is a problem of its config.

${formats.map(sectionOf).join('\n')}`;
}

function syntaxesOf({ syntaxes }: Format): string {
  const isLenient = syntaxes.includes('jsonc');
  return syntaxes
    .filter((syntax) => syntax !== 'json' || !isLenient)
    .map((syntax) => syntaxNames[syntax])
    .join(', ');
}

const syntaxNames: Readonly<Record<Format['syntaxes'][number], string>> = {
  yaml: 'YAML',
  json: 'JSON',
  jsonc: 'JSON with comments and trailing commas',
  toml: 'TOML',
  shell: 'shell script',
  python: 'Python',
};

/** A readme one level down: its title is a section of the page, and its links start from there. */
function sectionOf({ name }: Format): string {
  const readme = readFileSync(join(folder, name, 'readme.md'), 'utf8');
  return readme
    .replaceAll(/^## (.+)$/gm, `### $1: ${name}`)
    .replace(/^# /, '## ')
    .replaceAll('](../../../../docs/', '](')
    .replaceAll(/\]\(([\w-]+\.ts)\)/g, `](../src/core/formats/${name}/$1)`);
}
