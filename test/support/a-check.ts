import { approveButton, type Check } from '../../src/github/checks/check.ts';

/** A check that waits for an approval; tests name only what they are about. */
export function aCheck(parts: Partial<Check> = {}): Check {
  const words = { title: 'Waiting for 1 approval', summary: 'It waits.\n', text: 'ledger' };
  return { conclusion: 'action_required', ...words, annotations: [], buttons: [approveButton], ...parts };
}

export const passing = aCheck({ conclusion: 'success', title: 'Passes' });

/** So many remarks on one line. */
export function remarks(count: number): Check['annotations'] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'run.yaml',
    line: 1,
    column: 1,
    level: 'warning' as const,
    rule: 'scale-jump',
    title: 'scalegate: scale-jump',
    message: `remark ${index}`,
  }));
}
