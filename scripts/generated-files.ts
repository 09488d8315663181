import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fillConsoleBlocks } from './generated/console-blocks.ts';
import { formatsPage } from './generated/formats-page.ts';
import { gpusPage } from './generated/gpus-page.ts';
import { jsonSchemas } from './generated/json-schemas.ts';
import { rulePages } from './generated/rule-pages.ts';
import { runConfigPage } from './generated/run-config-page.ts';

const root = resolve(import.meta.dirname, '..');

/**
 * Every file that is made of others, whole or in part, by its path from the root: the JSON schemas, the reference
 * pages, and the output of commands in what is written by hand.
 */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([
    ...rulePages(),
    ['docs/formats.md', formatsPage()] as const,
    ['docs/gpus.md', gpusPage()] as const,
    ['docs/run-config.md', runConfigPage()] as const,
  ]);
  const documents = new Map([...handwritten(), ...pages]);
  const files = new Map(jsonSchemas());
  for (const [path, text] of documents) files.set(path, await formatMarkdown(fillConsoleBlocks(text)));
  return files;
}

/** The README and the pages of docs as they are; only the output in them is made. */
function handwritten(): readonly (readonly [path: string, text: string])[] {
  const paths = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
  return paths
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
}

async function formatMarkdown(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(join(root, 'README.md'))), parser: 'markdown' });
}
