import { describe, expect, test } from 'vitest';
import { change, evaluate, xl } from '../../../test/support/a-pull-request.ts';
import { renderSuggestion } from '../report/outputs/markdown/suggestion.ts';

const tooBig = xl.replace('activation_checkpointing: full', 'activation_checkpointing: none');

function suggestionOf(before: string | null, after: string) {
  return evaluate([change('configs/xl.yaml', before, after)]).suggestions[0];
}

describe('the suggestion for a config that does not fit', () => {
  test('stands on the line that the pull request changes', () => {
    const suggestion = suggestionOf(xl, tooBig)!;
    const line = tooBig.split('\n').findIndex((text) => text.includes('activation_checkpointing')) + 1;
    expect(suggestion).toMatchObject({ path: 'configs/xl.yaml', startLine: line, endLine: line });
    expect(suggestion.fit.isComfortable).toBe(true);
  });

  test('makes of the file what was read and estimated again', () => {
    for (const base of [xl, null]) {
      const { startLine, endLine, after, fit } = suggestionOf(base, tooBig)!;
      const lines = tooBig.split('\n');
      lines.splice(startLine - 1, endLine - startLine + 1, ...after);
      expect(lines.join('\n')).toBe(fit.text);
    }
  });

  test('replaces the lines between two that change, with what is added below them', () => {
    const far = tooBig.replace('micro_batch_size: 32', 'micro_batch_size: 64 # more');
    const suggestion = suggestionOf(null, far)!;
    expect(suggestion.after.length).toBeGreaterThanOrEqual(suggestion.endLine - suggestion.startLine);
    expect(suggestion.before).toEqual(far.split('\n').slice(suggestion.startLine - 1, suggestion.endLine));
  });

  test('is none where the diff does not show its lines', () => {
    const longer = '# a remark\n'.repeat(20);
    const base = `${longer}${tooBig}`;
    // Grown by its first line only: what would have to change is far below
    expect(suggestionOf(base.replace('# a remark', '# another remark'), base)).toBeUndefined();
  });

  test('is none where committing it would change what nobody sees', () => {
    expect(suggestionOf(xl, tooBig.replaceAll('\n', '\r\n'))).toBeUndefined();
    const hidden = tooBig.replace('activation_checkpointing: none', 'activation_checkpointing: none # \u202e');
    expect(
      suggestionOf(hidden.replace('activation_checkpointing: none', 'activation_checkpointing: full'), hidden),
    ).toSatisfy((found: ReturnType<typeof suggestionOf>) => !found?.after.join('').includes('\u202e'));
  });

  test('is none where the policy says so', () => {
    const policy = {
      path: '.github/scalegate.yml',
      content: { text: 'scalegate_policy: 1\ncomment: { suggestions: false }\n' },
    };
    const evaluation = evaluate([change('configs/xl.yaml', xl, tooBig)], { policy });
    expect(evaluation.fits[0]!.fits.length).toBeGreaterThan(0);
    expect(evaluation.suggestions).toEqual([]);
  });
});

test('what a fork writes on a line stays within the block that is suggested, whatever it is', () => {
  const hostile = tooBig.replace('micro_batch_size: 32', 'micro_batch_size: 32 # ```` @everyone <img src=x>');
  const { answer, fit } = suggestionOf(null, hostile)!;
  const text = renderSuggestion({
    path: 'configs/xl.yaml',
    startLine: 1,
    endLine: 1,
    before: ['x'],
    after: ['micro_batch_size: 8 # ```` @everyone', '```', '</details>'],
    answer: { ...answer, path: 'configs/`@everyone`.yaml' },
    fit,
  });
  const [head, , opening, ...rest] = text.split('\n');
  expect(head).toMatch(/^``configs\/`@everyone`\.yaml`` needs [\d.]+ GiB of [\d.]+ GiB per GPU\. With this change: /);
  expect(opening).toBe('`````suggestion');
  expect(rest).toEqual(['micro_batch_size: 8 # ```` @everyone', '```', '</details>', '`````', '']);
});
