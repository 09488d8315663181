import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
const route = /['"`]((?:POST|PUT|PATCH|DELETE) \/[^'"`]*)['"`]/g;

test('what scalegate writes on GitHub is check runs, the comment, suggestions, and reactions: no statuses, commits, labels or workflow runs', () => {
  const routes = sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(route)].map(([, found]) => found));
  expect([...new Set(routes)].toSorted()).toEqual([
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    'POST /app/hook/deliveries/${id}/attempts',
    'POST /repos/{owner}/{repo}/check-runs',
    'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  ]);
});

test('GraphQL only reads, and asks for no more than a hundred things a page', () => {
  for (const file of sources) {
    const text = readFileSync(file, 'utf8');
    expect(text, file).not.toMatch(/`\s*mutation\b/);
    for (const [, count] of text.matchAll(/\((?:first|last): (\d+)/g))
      expect(Number(count), file).toBeLessThanOrEqual(100);
  }
});

test('GitHub is asked through the client that waits: nothing calls its methods by another way', () => {
  const others = sources.filter((file) => /\boctokit\.rest\.|\bfetch\(/.test(readFileSync(file, 'utf8')));
  // Hugging Face is no GitHub
  expect(others.filter((file) => file !== 'src/hub/hugging-face.ts')).toEqual([]);
});
