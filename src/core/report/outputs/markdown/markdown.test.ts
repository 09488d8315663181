import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, test } from 'vitest';
import { aFinding } from '../../../../../test/support/a-finding.ts';
import { manyPairs } from '../../../../../test/support/a-pair.ts';
import { anEvaluation } from '../../../../../test/support/an-evaluation.ts';
import { anEvaluationOf, hostile } from '../../../../../test/support/a-hostile-evaluation.ts';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { anApproval, aSlot, waitingFor } from '../../../../../test/support/an-approval.ts';
import { renderAudit } from './audit.ts';
import { commentMarker, renderComment, renderSummary } from './markdown.ts';

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

function nodesOf(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];
}

const at = '2026-11-23T12:00:00Z';

test('the audit table says who, how, when, what and what it is worth, then the same for the App', async () => {
  const entry = {
    id: 'comment 1',
    by: 'a|b@x',
    isBot: false,
    at,
    shownAt: null,
    commit: 'a'.repeat(40),
    code: 'K7Q2M9XA',
  };
  const clicked = { ...entry, id: 'click 1', by: 'bob', commit: null, code: null };
  const entries = [
    { ...entry, how: 'command' as const, ignoredBecause: null },
    { ...clicked, how: 'button' as const, ignoredBecause: 'took part | <b>' },
  ];
  const audit = renderAudit({ shown: [], pushes: [], edits: [{ by: 'mallory', at }], entries }, 4000);
  await expect(audit).toMatchFileSnapshot('goldens/audit.md');
});

describe('the comment', () => {
  test.each(Object.keys(evaluations))('%s', async (name) => {
    await expect(renderComment(evaluations[name]!) ?? 'No comment.\n').toMatchFileSnapshot(`goldens/${name}.md`);
  });

  test('of the App says how to approve, which slots are open, and who approved when', async () => {
    const slots = [aSlot({ name: 'infra', teams: ['acme/infra'] }), aSlot({ name: 'budget', users: ['cfo'] })];
    const { open } = waitingFor(slots);
    const approval = waitingFor(slots, {
      given: [{ ...anApproval({ by: 'ann', how: 'command', at }), slot: 'infra' }],
      ignored: [anApproval({ by: 'bob', how: 'button', at, ignoredBecause: 'took part in the change' })],
      open: open.slice(1),
    });
    const comment = renderComment({ ...evaluations['waiting']!, approval }, { approve: { code: 'K7Q2M9XA' } });
    await expect(comment).toMatchFileSnapshot('goldens/app-slots.md');
  });

  test('does not exist when there is nothing to report', () => {
    expect(renderComment(anEvaluation())).toBeNull();
    expect(renderSummary(anEvaluation())).toBeNull();
  });

  test('begins with the marker by which it is found again', () => {
    expect(renderComment(evaluations['pass']!)?.split('\n')[0]).toBe(commentMarker);
  });

  test('of a job with an id begins with a marker of its own, whatever the id holds', () => {
    const first = (id: string) => renderComment(evaluations['pass']!, { id })?.split('\n')[0];
    expect(first('.github/team-a.yml')).toBe('<!-- scalegate:comment .github/team-a.yml -->');
    expect(first('--> <b>')).toBe('<!-- scalegate:comment -b -->');
    expect(first('><')).toBe(commentMarker);
  });

  test('names the version that wrote it, where the host knows one', () => {
    expect(renderComment(evaluations['pass']!, { version: '1.2.3' })).toContain('[scalegate 1.2.3]');
  });

  test('never folds what blocks', () => {
    const open = renderComment(evaluations['fail']!)!.replace(/<details>[^]*?<\/details>/g, '');
    expect(open).toContain('memory-limit');
    expect(open).toContain('scale-jump');
    expect(open).not.toContain('monitoring');
  });

  test('shows configs that block before bigger ones that do not', () => {
    const pairs = manyPairs(30);
    const path = pairs.at(-1)!.path;
    const rowOf = (config: string) => comment.indexOf(`**\`${config.replace(/^.*\//, '')}\`**`);
    const comment = renderComment(anEvaluation({ verdict: 'fail', pairs, findings: [aFinding({ path })] }))!;
    expect(rowOf(path)).toBeGreaterThan(0);
    expect(rowOf(path)).toBeLessThan(rowOf(pairs[0]!.path));
  });
});

describe('with 1,000 changed configs', () => {
  const everything = anEvaluation({
    verdict: 'fail',
    pairs: manyPairs(1000),
    findings: manyPairs(1000).map(({ path }) => aFinding({ path, message: 'x'.repeat(600) })),
  });

  test('the comment stays below 65,536 characters', () => {
    const comment = renderComment(everything)!;
    expect(comment.length).toBeLessThanOrEqual(60_000);
    expect(comment).toContain('All 1,000 configs');
    expect(comment.match(/❌ \*\*1,000 configs\.\*\*/g)).toHaveLength(1);
  });

  test('the summary stays below 1 MiB and shows every config', () => {
    const summary = renderSummary(everything)!;
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024);
    expect(summary).toContain('**`run-0999.yaml`**');
  });

  test.each([60_000, 20_000, 5_000, 2_000])('a comment of %d characters ends whatever it begins', (budget) => {
    const comment = renderComment(everything, { budget })!;
    expect(comment.length).toBeLessThanOrEqual(budget);
    expect(comment.match(/<details>/g) ?? []).toHaveLength((comment.match(/<\/details>/g) ?? []).length);
    expect((comment.match(/```/g) ?? []).length % 2).toBe(0);
    expect(comment).toContain('1,000 of 1,000 runs do not fit');
  });
});

describe('whatever others wrote into configs, file names, policies and reviews', () => {
  const ownHtml =
    /^(<!-- scalegate:comment -->|<\/?(details|sub|br|summary|code)>|<wbr>|<details>\n<summary>[^<>]*(<code>[^<>]*<\/code>)?<\/summary>)$/;
  const ownLink = /^https:\/\/github\.com\/scalegate\/scalegate(\/blob\/main\/docs\/rules\/[a-z-]+\.md)?$/;

  test('the comment has no links, images and HTML but its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const node of nodesOf(parse(renderComment(anEvaluationOf(text))!))) {
          expect(['image', 'imageReference', 'linkReference', 'definition']).not.toContain(node.type);
          if (node.type === 'link') expect(node.url).toMatch(ownLink);
          if (node.type === 'html') expect(node.value).toMatch(ownHtml);
        }
      }),
    );
  });

  test('the comment mentions nobody and refers to nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const node of nodesOf(parse(renderComment(anEvaluationOf(text))!))) {
          if (node.type === 'text') expect(node.value).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/|www\./i);
        }
      }),
    );
  });

  test('the comment keeps its outline: blocks, and columns of its tables', () => {
    const outline = (text: string) => {
      const root = parse(renderComment(anEvaluationOf(text))!);
      return [
        root.children.map(({ type }) => type),
        nodesOf(root)
          .map((node) => (node.type === 'tableRow' ? node.children.length : 0))
          .filter((count) => count > 0),
      ];
    };
    const usual = outline('configs/large.yaml');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(outline(text)).toEqual(usual);
      }),
    );
  });

  test('ten megabytes of it do not fill the comment', () => {
    expect(renderComment(anEvaluationOf('x'.repeat(10_000_000)))!.length).toBeLessThan(20_000);
  });
});
