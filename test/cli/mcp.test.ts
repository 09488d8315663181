import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { sampleRepository, type ScratchFolder } from './scratch-folder.ts';

const program = join(import.meta.dirname, '../../src/cli/index.ts');

/** An agent that has started scalegate in the folder. */
async function agentIn({ path }: ScratchFolder): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], cwd: path, stderr: 'ignore' }),
  );
  onTestFinished(() => client.close());
  return client;
}

async function call(
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [first] = content as readonly { text: string }[];
  return { text: first?.text ?? '', isError: isError === true };
}

test('an agent is told what there is, and what it takes', async () => {
  const { tools } = await (await agentIn(sampleRepository())).listTools();
  expect(tools.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties ?? {})])).toEqual([
    ['estimate', ['files']],
    ['diff', ['base', 'head']],
    ['fit', ['file', 'gpu']],
    ['explain', ['file']],
  ]);
});

test('each tool answers as the command does', async () => {
  const repository = sampleRepository();
  repository.write({ 'configs/large.yaml': largeMovedToXl() });
  const agent = await agentIn(repository);
  expect(JSON.parse((await call(agent, 'diff', {})).text)).toMatchObject({ verdict: 'waiting' });
  const estimate = await call(agent, 'estimate', { files: ['configs/large.yaml'] });
  expect(JSON.parse(estimate.text)).toMatchObject({ run: { path: 'configs/large.yaml' } });
  expect((await call(agent, 'fit', { file: 'configs/xl.yaml', gpu: 'RTX 4090' })).text).toContain(
    '"fits_already":true',
  );
  expect((await call(agent, 'explain', { file: 'configs/xl.yaml' })).text).toContain('configs/xl.yaml');
});

test.each([
  ['estimate', { files: ['gone.yaml'] }, 'this file does not exist'],
  ['estimate', { files: ['--policy=/etc/passwd'] }, 'a name that does not begin with a dash'],
  ['diff', { base: 'nowhere' }, 'there is no commit "nowhere"'],
])('%s of %j is an error that says why', async (name, input, message) => {
  const answer = await call(await agentIn(sampleRepository()), name, input);
  expect(answer.isError).toBe(true);
  expect(answer.text).toContain(message);
});
