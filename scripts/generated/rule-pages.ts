import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Rule } from '../../src/core/policy/rule.ts';
import { rules } from '../../src/core/policy/rules/index.ts';
import { generatedFrom } from './generated-from.ts';
import { table } from './table.ts';

const folder = join(import.meta.dirname, '../../src/core/policy/rules');

/** The reference page of each rule, made of its readme and its code, and the table of all of them. */
export function rulePages(): readonly (readonly [path: string, content: string])[] {
  return [
    ['docs/rules/README.md', overview()],
    ...rules.map((rule) => [`docs/rules/${rule.name}.md`, pageOf(rule)] as const),
  ];
}

function overview(): string {
  const rows = rules.map(({ name, level, summary }) => [`[${name}](${name}.md)`, `\`${level}\``, summary]);
  return `${generatedFrom('src/core/policy/rules')}
# Rules

A rule is a check of the [policy](../policy.md#rules). It holds, or it says what is wrong with a config and what to do.

${table(['Rule', 'Default level', 'Holds when'], rows)}

## Levels

| Level      | What a broken rule does                                                |
| ---------- | ---------------------------------------------------------------------- |
| \`off\`      | Nothing; the rule is not checked.                                      |
| \`notice\`   | It is listed.                                                          |
| \`warning\`  | It is listed as a warning; the verdict is still \`pass\`.                |
| \`approval\` | The verdict is \`waiting\` until somebody who may has approved the pull request. |
| \`error\`    | The verdict is \`fail\`.                                                 |

A rule can ask for less than its level, never for more: a peak that may be over the limit is a warning of an error rule.
`;
}

function pageOf(rule: Rule): string {
  const readme = readFileSync(join(folder, rule.name, 'readme.md'), 'utf8');
  const [, body = '', end = ''] = /^# .*\n([^]*?)(^## When to turn it off\n[^]*)/m.exec(readme) ?? [];
  return `${generatedFrom(`src/core/policy/rules/${rule.name}`)}
# ${rule.name}

${rule.summary}

Default level: \`${rule.level}\`. [All rules](README.md)

${pageLinks(body)}
## Options

${optionsOf(rule)}

${pageLinks(end)}`;
}

/** Readmes link the readmes of other rules; pages link their pages. */
function pageLinks(markdown: string): string {
  return markdown.replaceAll(/\]\(\.\.\/([\w-]+)\/readme\.md\)/g, ']($1.md)');
}

function optionsOf({ name, options }: Rule): string {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' });
  const rows = Object.entries(properties).map(([option, schema]) => {
    const { type, default: usual, description = '' } = schema as z.core.JSONSchema.BaseSchema;
    return [`\`${option}\``, String(type), usual === undefined ? '' : `\`${JSON.stringify(usual)}\``, description];
  });
  const level = `\`rules.${name}\` in the policy takes a level, or a map with \`level\``;
  if (rows.length === 0) return `${level}.`;
  return `${level} and these:\n\n${table(['Option', 'Type', 'Default', 'Meaning'], rows)}`;
}
