import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fieldGroups, policyFields, runFields, type RunField } from '../../src/core/run/fields.ts';
import { generatedFrom } from './generated-from.ts';
import { table } from './table.ts';

const example = join(import.meta.dirname, '../../examples/configs/large.yaml');

/** The reference of scalegate's own run config, made of the one list of fields. */
export function runConfigPage(): string {
  return `${generatedFrom('src/core/run/fields')}
# The run config

scalegate's own format for one training run, for teams whose framework is not among the [formats](formats.md).
The same fields, with the same names, state facts in the [policy's assumptions](policy.md#assumptions) and in a [plan in YAML](plan.md#in-yaml).

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/scalegate/scalegate/v1/schemas/run.schema.json
${readFileSync(example, 'utf8').trimEnd()}
\`\`\`

The first line is for editors that check YAML against a JSON schema.
\`scalegate: 1\` marks the file; it may be YAML, JSON (with comments) or TOML.
A field that is left out, or null, is not stated.
An unknown key is a problem, because a misspelled field would count as left out.

Large counts may be written \`200B\`, \`10M\` or \`2.048e11\`.

## What is assumed

Memory and time need the dimensions of the model (\`hidden_size\`, \`num_layers\`, \`num_attention_heads\`, \`vocab_size\`) or a \`model.id\` of the catalog.
Everything else has a default, and each default that is taken is listed.
What the policy assumes comes before the plan, the plan before the default.
This is the report of a config that states little, in a repository with a plan:

\`\`\`console
$ cat > small.yaml <<< '{ scalegate: 1, model: { id: Qwen/Qwen2.5-0.5B }, training: { micro_batch_size: 4, tokens: 10B }, hardware: { gpu: A100, count: 8 } }'
$ scalegate estimate small.yaml | sed -n '1,7p;/^Assumed/,$p'
\`\`\`

${sections().join('\n')}`;
}

function sections(): string[] {
  const fields = Object.keys(runFields) as RunField[];
  const groups = [...new Set(fields.map(groupOf))];
  return groups.map((group) => {
    const rows = fields.filter((field) => groupOf(field) === group).map(rowOf);
    const description = fieldGroups.get(group);
    const intro = description === undefined ? '' : `${description}.\n\n`;
    return `## ${group === '' ? 'Top level' : group}\n\n${intro}${table(['Field', 'Value', 'Meaning'], rows)}\n`;
  });
}

/** `model.moe` of `model.moe.num_experts`. */
function groupOf(field: RunField): string {
  return field.split('.').slice(0, -1).join('.');
}

function rowOf(field: RunField): string[] {
  const description = runFields[field].description ?? '';
  const note = policyFields.includes(field) ? '. Only policy and plan may state it, never a config' : '';
  const name = field.split('.').at(-1) ?? field;
  return [`\`${name}\``, valuesOf(z.toJSONSchema(runFields[field], { io: 'input' })), description + note];
}

type Schema = z.core.JSONSchema.BaseSchema;

/** What may be written, in words. */
function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (isQuantity(schema)) return 'number, or text such as `10M`';
  if (schema.anyOf !== undefined) return schema.anyOf.map((choice) => valuesOf(choice)).join(' or ');
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return isMap(schema.items) ? `list of maps with ${keysOf(schema.items)}` : 'list of text';
    case 'integer':
      return `whole number ${rangeOf(schema)}`;
    case 'number':
      return `number ${rangeOf(schema)}`;
    default:
      return schema.pattern?.includes('%') === true ? 'text such as `10%`' : 'text';
  }
}

function isMap(items: Schema['items']): items is Schema {
  return typeof items === 'object' && !Array.isArray(items) && items.type === 'object';
}

function keysOf({ properties = {} }: Schema): string {
  return Object.keys(properties)
    .map((key) => `\`${key}\``)
    .join(', ');
}

/** Whether a schema is that of a count as people write it. */
function isQuantity({ anyOf = [] }: Schema): boolean {
  return (
    anyOf.some(({ type }) => type === 'number') &&
    anyOf.some(({ type, pattern }) => type === 'string' && pattern === undefined)
  );
}

/** `from 1 to 10,000`, `above 0 up to 100`; limits that only catch slips of the pen are left out. */
function rangeOf({ minimum, exclusiveMinimum = 0, maximum = Infinity }: Schema): string {
  const most = maximum < 1e12 ? maximum.toLocaleString('en-US') : null;
  if (minimum !== undefined) return most === null ? `from ${minimum}` : `from ${minimum} to ${most}`;
  return most === null ? `above ${exclusiveMinimum}` : `above ${exclusiveMinimum} up to ${most}`;
}
