import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anEvaluationOf, hostile } from '../../../../../test/support/a-hostile-evaluation.ts';
import { change, evaluate } from '../../../../../test/support/a-pull-request.ts';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { renderPage } from './html.ts';

const pageOf = (name: string) => renderPage(evaluations[name]!, '1.0.0');

describe('the page of an evaluation', () => {
  test.each(Object.keys(evaluations))('%s has the sentence as its title and one heading above all', (name) => {
    const page = pageOf(name);
    expect(page).toMatch(/<title>scalegate [^<]+<\/title>/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });

  test('shows how a figure comes from base to head, the largest edit first', () => {
    const large = readFileSync('examples/configs/large.yaml', 'utf8');
    const edited = large.replace('micro_batch_size: 32', 'micro_batch_size: 40').replace('full', 'none');
    const page = renderPage(evaluate([change('configs/large.yaml', large, edited)]), '1.0.0');
    const [, waterfall = ''] = page.split('<h3>Memory per GPU, edit by edit</h3>');
    const steps = waterfall.slice(0, waterfall.indexOf('</table>')).match(/<th scope="row">.*?<\/td>/g) ?? [];
    expect(steps.map((step) => step.replace(/<[^>]*>/g, ' ').trim())).toEqual([
      expect.stringMatching(/^Base +[\d.]+ GiB$/),
      expect.stringMatching(/^activation_checkpointing: full → none +\+[\d.]+ GiB$/),
      expect.stringMatching(/^micro_batch_size: 32 → 40 +\+[\d.]+ GiB$/),
      expect.stringMatching(/^Head +[\d.]+ GiB$/),
    ]);
  });

  test('has no waterfall where there is no base', () => {
    expect(pageOf('new-config')).not.toContain('edit by edit');
  });

  test('holds no tag but its own, whatever others wrote', () => {
    const tags = (text: string) => new Set(renderPage(anEvaluationOf(text), '1.0.0').match(/<[a-z!][a-z0-9]*/gi));
    const usual = tags('configs/a-name-that-may-break-on-a-phone.yaml');
    fc.assert(
      fc.property(hostile, (text) => {
        expect([...tags(text)].filter((tag) => !usual.has(tag))).toEqual([]);
      }),
    );
  });
});
