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

Of a file in one of these formats only the keys listed here are read.
Other keys and flags that look as if they decide memory or time are listed as not read, with their place.
A key that is read and has a wrong value is a problem at its line, never a default.
What a config leaves out comes from the [policy's assumptions](policy.md#assumptions), then from the [plan](plan.md), then from defaults, and is listed in the report.

Files of more than 1,000,000 characters, 64 levels or 100,000 values are not read, and neither are symbolic links, submodules and pointers of Git LFS.
Each is a problem of its config.

## Configs of several files

A config is read together with what it includes, and every value keeps the file and line that set it, and what it replaced: \`scalegate explain FILE\` shows the chain.

| what                 | how                                                                                                                                                                                                          |
| -------------------- | ------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------ |
| Hydra                | \`defaults\` with \`_self_\`, groups, \`override\`, \`optional\`, \`@package\`, \`# @package\` headers and \`hydra.searchpath\`; without \`_self_\` the config comes last, as in Hydra 1.1 and later                         |
| bases                | \`_base_\`, \`_BASE_\`, \`inherit_from\`, \`base_config\` and \`defaults: base.yaml\`, relative to the file or from the root of the repository; \`with read_base():\` in Python; \`_delete_\`                                   |
| one value            | \`!include file.yaml\`                                                                                                                                                                                       |
| references           | \`\${a.b}\`, \`\${.b}\`, \`\${..b}\`, \`\${oc.select:a.b,1}\`, \`\${oc.env:X,1}\`, and the arithmetic that NeMo, NeMo-Aligner, NeMo-RL and the NeMo launcher register; another resolver leaves the value unstated |
| YAML                 | anchors, aliases and merge keys                                                                                                                                                                              |
| launch scripts       | see [launch-script](#launch-script), [skypilot](#skypilot) and [dstack](#dstack)                                                                                                                             |

An include that is missing, leads out of the repository, can't be read or includes itself is a problem at the line that names it, with the chain of files.
A group that only Python registers (Hydra's \`ConfigStore\`) counts as missing, unless it is \`optional\`; groups of \`hydra/…\` are let be.
At most 60 files, 16 deep, with 1,000,000 characters make one config.

A pull request that changes a file re-evaluates every config that includes it.

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
  json5: 'JSON5 and literal Jsonnet',
  toml: 'TOML',
  settings: 'environment, gin and .conf files',
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
    .replaceAll(/\]\(([\w-]+\.(?:ts|json))\)/g, `](../src/core/formats/${name}/$1)`);
}
