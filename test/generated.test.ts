import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';

const files = await generatedFiles();

test.each([...files])('%s is what it is generated from: run npm run generate', (path, content) => {
  expect(existsSync(path) ? readFileSync(path, 'utf8') : null, 'run npm run generate').toBe(content);
});
