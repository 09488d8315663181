import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../core/document/parse-document.ts';
import { workflowTemplate } from '../templates/workflow.ts';
import { lintWorkflow, runsAction } from './lint-workflow.ts';

function remarksOf(text: string): string[] {
  const { document } = parseDocument('.github/workflows/scalegate.yml', text);
  return lintWorkflow(document!).map(({ level, rule, place }) => `${level} ${rule} ${place.line}`);
}

test('the workflow that init writes has nothing against it', () => {
  expect(remarksOf(workflowTemplate)).toEqual([]);
});

describe('what keeps the check from being one to require', () => {
  test.each([
    ['a filter of paths', "  pull_request:\n    paths: ['configs/**']\n", 'error never-reports 4'],
    ['a filter of branches', '  pull_request:\n    branches: [main]\n', 'error never-reports 4'],
    ['the rights of the base', '  pull_request_target:\n', 'error target-event 3'],
  ])('%s', (_, changed, expected) => {
    const text = workflowTemplate.replace(/ {2}pull_request:\n {4}types: .*\n/, changed);
    expect(remarksOf(text)).toContain(expected);
  });

  test.each([
    ['retargets', / edited/, 'warning retarget-unheard 4'],
    ['dismissals', /, dismissed/, 'warning reviews-unheard 6'],
    ['reviews', / {2}pull_request_review:\n.*\n/, 'warning reviews-unheard 2'],
    ['a merge queue', / {2}merge_group:\n/, 'notice merge-queue-unheard 2'],
    ['the right to read', / {2}contents: read\n/, 'error permissions 8'],
    ['the right to comment', / {2}pull-requests: write\n/, 'notice permissions 8'],
    ['permissions', /permissions:\n(?: {2}.*\n)+/, 'warning permissions 9'],
  ])('no %s', (_, missing, expected) => {
    expect(remarksOf(workflowTemplate.replace(missing, ''))).toContain(expected);
  });

  test('a list of events is read as well', () => {
    const text = 'on: [pull_request]\njobs: { a: { steps: [{ uses: acme/scalegate@main }] } }\n';
    expect(remarksOf(text).map((remark) => remark.split(' ')[1])).toEqual([
      'retarget-unheard',
      'reviews-unheard',
      'merge-queue-unheard',
      'permissions',
    ]);
  });
});

test.each([
  ['on: push\njobs: { a: { steps: [{ uses: actions/checkout@v5 }] } }\n', false],
  ['on: push\njobs: 3\n', false],
  ['jobs: { a: { steps: [{ uses: scalegate/scalegate@v1 }] } }\n', true],
])('%j runs the Action: %s', (text, expected) => {
  const { document } = parseDocument('a.yml', text);
  expect(runsAction(document!)).toBe(expected);
});
