import fc from 'fast-check';
import type { Evaluation } from '../../src/core/report/evaluation.ts';
import { aFinding } from './a-finding.ts';
import { aPair } from './a-pair.ts';
import { large, xl } from './an-estimated-run.ts';
import { anEvaluation, aProblem } from './an-evaluation.ts';
import { anApproval, aSlot, waitingFor } from './an-approval.ts';

const traps = [
  '@octocat',
  'owner/repo#1',
  '#123',
  'https://evil.example',
  'www.evil.example',
  '<img src=x>',
  '</details>',
  '<!--',
  '![x](https://evil.example/p.png)',
  '[x](https://evil.example)',
  'a|b|c',
  '`',
  '```',
  '\n\n# x\n\n',
  '\u202e',
  '\u0000',
  '$x$',
  '\\',
  '**',
];

/** Text that would be more than text, were it not escaped. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...traps), fc.string()), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** An evaluation in which everything that somebody else wrote is this text. */
export function anEvaluationOf(text: string): Evaluation {
  const place = { path: text, line: 3, column: 1 };
  const slot = aSlot({ name: text, users: [text], teams: [text], roles: [text], codeowners: true });
  const owners = { paths: [text], users: [text], teams: [text], emails: [text] };
  const assumptions = [{ field: 'name', value: text, reason: text }] as const;
  return anEvaluation({
    verdict: 'fail',
    pairs: [
      aPair(
        text,
        { ...large, assumptions, source: text },
        { ...xl, assumptions, source: text },
        { previousPath: text },
      ),
      aPair(`${text}2`, large, null, { problems: [aProblem({ place, key: text, message: text, hint: text })] }),
    ],
    findings: [aFinding({ path: text, place, message: text, action: text })],
    problems: [aProblem({ place: { ...place, line: 9 }, key: text, message: text, hint: text })],
    approval: waitingFor([slot], {
      unlinked: [text],
      given: [{ ...anApproval({ by: text, at: text }), slot: text }],
      ignored: [anApproval({ by: text, how: 'command', at: text, ignoredBecause: text })],
      open: [{ slot, files: [text], owners, needed: 2, missing: 2, mostPeople: 1 }],
    }),
  });
}
