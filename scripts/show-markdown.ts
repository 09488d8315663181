import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Nodes, RootContent, Table } from 'mdast';
import { styleText } from 'node:util';
import { alignColumns } from '../src/core/report/outputs/text/table.ts';

/** A GitHub comment as a reader would see it, for a terminal: tables drawn, details folded, comments hidden. */
export function showMarkdown(markdown: string): string {
  const { children } = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const shown: string[] = [];
  let depth = 0;
  for (const node of children) {
    if (node.type === 'html') {
      const summary = /<summary>(.*?)<\/summary>/s.exec(node.value)?.[1];
      if (summary !== undefined && depth === 0) shown.push(`▸ ${withoutTags(summary)}`);
      depth += count(node.value, /<details/g) - count(node.value, /<\/details>/g);
    } else if (depth === 0) {
      shown.push(block(node));
    }
  }
  return shown.join('\n\n');
}

function block(node: RootContent): string {
  switch (node.type) {
    case 'heading':
      return styleText('bold', inline(node));
    case 'table':
      return table(node);
    case 'list':
      return node.children
        .map((item) => `• ${item.children.map(block).join('\n').replaceAll('\n', '\n  ')}`)
        .join('\n');
    case 'blockquote':
      return node.children.map((child) => block(child).replaceAll(/^/gm, '│ ')).join('\n│\n');
    case 'code':
      return node.value.replaceAll(/^/gm, '    ');
    default:
      return inline(node);
  }
}

function table({ children }: Table): string {
  const rows = alignColumns(children.map((row) => row.children.map((cell) => inline(cell))));
  const lines = rows.map((row) => row.join('  │  '));
  return [lines[0], '─'.repeat(Math.max(...lines.map((line) => line.length))), ...lines.slice(1)].join('\n');
}

function inline(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'html') return /^<br\b/.test(node.value) ? ' · ' : '';
  if (node.type === 'strong') return styleText('bold', children(node));
  if (node.type === 'inlineCode') return styleText('cyan', node.value);
  if (node.type === 'link') return styleText('underline', children(node));
  return 'value' in node ? node.value : children(node);
}

function children(node: Nodes): string {
  return 'children' in node ? node.children.map((child) => inline(child)).join('') : '';
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^<>]*>/g, '');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
