/**
 * Writes test/local-github/schemas: the parts of GitHub's OpenAPI description and GraphQL schema that the local GitHub
 * is held against. The packages that ship them take 385 MB, so they are fetched here and never installed.
 *
 *     node scripts/extract-github-schemas.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { graphqlArguments, graphqlFields, restOperations, webhookEvents } from '../test/local-github/operations.ts';
import { extractGraphql } from './github-schemas/extract-graphql.ts';
import { extractOpenApi } from './github-schemas/extract-openapi.ts';
import { extractWebhooks } from './github-schemas/extract-webhooks.ts';

const openApiPackage = '@octokit/openapi@23.0.2';
const graphqlPackage = '@octokit/graphql-schema@15.26.1';
const folder = join(import.meta.dirname, '../test/local-github/schemas');

const description: unknown = JSON.parse(readFromPackage(openApiPackage, 'generated/api.github.com.json'));
const sdl = readFromPackage(graphqlPackage, 'schema.graphql');

mkdirSync(folder, { recursive: true });
write('openapi.json', JSON.stringify(extractOpenApi(description, Object.keys(restOperations)), null, 1));
write('webhooks.json', JSON.stringify(extractWebhooks(description, webhookEvents), null, 1));
write('schema.graphql', extractGraphql(sdl, graphqlFields, graphqlArguments));

function readFromPackage(name: string, file: string): string {
  const temporary = mkdtempSync(join(tmpdir(), 'github-schemas-'));
  try {
    const archive = execFileSync('npm', ['pack', name, '--silent'], { cwd: temporary, encoding: 'utf8' }).trim();
    execFileSync('tar', ['xzf', archive, `package/${file}`], { cwd: temporary });
    return readFileSync(join(temporary, 'package', file), 'utf8');
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), `${content}\n`);
  console.log(`${name}: ${Math.ceil(content.length / 1000)} kB`);
}
