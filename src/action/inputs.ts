import { z } from 'zod';

/** What the workflow passes with `with:`. Defaults stand here and nowhere else, but for the token's. */
const Inputs = z.object({
  token: z.string('pass a token, usually ${{ github.token }}'),
  policy: z
    .string()
    .transform((path) => path.replace(/^(\.?\/)+/, ''))
    .nullable()
    .default(null),
  id: z.string().nullable().default(null),
  comment: z.stringbool({ truthy: ['true'], falsy: ['false'], error: 'expected true or false' }).default(true),
  'fail-on': z.enum(['error', 'approval', 'warning', 'notice', 'never']).default('approval'),
  mode: z.enum(['enforce', 'report']).default('enforce'),
});

export type Inputs = z.infer<typeof Inputs>;

/** Reads the inputs of the step as the runner passes them: `INPUT_FAIL-ON`. Throws one error that names all mistakes. */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const given = Object.keys(Inputs.shape).flatMap((name) => {
    const value = env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const { data, error } = Inputs.safeParse(Object.fromEntries(given));
  if (data !== undefined) return data;
  const mistakes = error.issues.map(({ path, message }) => `input "${path.join('.')}": ${message}`);
  throw new Error(mistakes.join('; '));
}
