import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Code, Heading, Image, InlineCode, Link, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

const root = resolve(import.meta.dirname, '../..');

/** A Markdown page of the repository, taken apart. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly links: readonly (Link | Image)[];
  readonly blocks: readonly Code[];
  readonly inlineCode: readonly InlineCode[];
}

/** Every page that people read: those at the root, in docs, and the readmes beside the code. */
export function readPages(): readonly Page[] {
  const paths = globSync(['*.md', 'docs/**/*.md', 'src/**/readme.md'], { cwd: root });
  return paths.toSorted().map(readPage);
}

const pages = new Map<string, Page>();

/** Each page is taken apart once: the links of one lead into many others. */
export function readPage(path: string): Page {
  const known = pages.get(path);
  if (known !== undefined) return known;
  const page = takeApart(path);
  pages.set(path, page);
  return page;
}

function takeApart(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const nodes = nodesOf(tree);
  return {
    path,
    text,
    headings: nodes.filter((node) => node.type === 'heading'),
    links: nodes.filter((node) => node.type === 'link' || node.type === 'image'),
    blocks: nodes.filter((node) => node.type === 'code'),
    inlineCode: nodes.filter((node) => node.type === 'inlineCode'),
  };
}

/** What a reader sees of a heading or a link. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

function nodesOf(tree: Root): Nodes[] {
  const nodes: Nodes[] = [];
  const visit = (node: Nodes): void => {
    nodes.push(node);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(tree);
  return nodes;
}
