import { z } from 'zod';
import { PlanFile } from '../../src/core/plan/plan-file.ts';
import { PolicyFile } from '../../src/core/policy/policy-file.ts';
import { EstimateReport } from '../../src/core/report/outputs/json/estimate-report.ts';
import { EvaluationReport } from '../../src/core/report/outputs/json/evaluation-report.ts';
import { runSchema } from '../../src/core/run/run-schema.ts';

interface Described {
  readonly title: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

/** What people write: unknown keys are mistakes. */
const inputs: Readonly<Record<string, Described>> = {
  policy: {
    title: 'scalegate policy',
    description: 'What scalegate holds pull requests against: .github/scalegate.yml',
    schema: PolicyFile,
  },
  plan: {
    title: 'scalegate scaling plan',
    description: 'The scales that a team means to train, with their budgets',
    schema: PlanFile,
  },
  run: {
    title: 'scalegate run config',
    description: "One training run in scalegate's own format",
    schema: runSchema.extend({
      scalegate: z.literal(1).describe('Marks the file as a run config; version of its format'),
    }),
  },
};

/** What tools read: fields may be added within a version, so unknown ones are none. */
const outputs: Readonly<Record<string, Described>> = {
  estimate: {
    title: 'scalegate estimate',
    description: 'What scalegate estimate --json prints for each config',
    schema: EstimateReport,
  },
  evaluation: {
    title: 'scalegate evaluation',
    description: 'What scalegate diff --json prints, and what the output "report" of the Action holds',
    schema: EvaluationReport,
  },
};

/** The JSON schemas of what scalegate reads and prints, for editors and tools. */
export function jsonSchemas(): readonly (readonly [path: string, content: string])[] {
  return [
    ...Object.entries(inputs).map(([name, described]) => fileOf(name, described, acceptOtherSpellings)),
    ...Object.entries(outputs).map(([name, described]) => fileOf(name, described, acceptMoreFields)),
  ];
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

function fileOf(
  name: string,
  { title, description, schema }: Described,
  override: Override,
): readonly [string, string] {
  const { $schema, ...rest } = z.toJSONSchema(schema.meta({ title, description }), { io: 'input', override });
  const $id = `https://raw.githubusercontent.com/scalegate/scalegate/v1/schemas/${name}.schema.json`;
  const content = { $schema, $id, ...rest };
  return [`schemas/${name}.schema.json`, `${JSON.stringify(content, null, 2)}\n`];
}

/** What is translated before it is read has more spellings than its values: `fsdp` for `zero3`, `adamw_torch` for `adamw`. */
const acceptOtherSpellings: Override = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type !== 'pipe' || def.in._zod.def.type !== 'transform') return;
  const { anyOf = [] } = jsonSchema;
  jsonSchema.anyOf = [...anyOf, { type: 'string' }];
};

const acceptMoreFields: Override = ({ jsonSchema }) => {
  delete jsonSchema.additionalProperties;
};
