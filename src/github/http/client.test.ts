import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from './client.ts';

let asked: string[];
let url: string;
let close: () => Promise<void>;

beforeEach(async () => {
  asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: {} }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
});
afterEach(() => close());

test.each([
  { prefix: '', rest: '/repos/acme/training', graphql: '/graphql' },
  { prefix: '/api/v3', rest: '/api/v3/repos/acme/training', graphql: '/api/graphql' },
])('an API at "$prefix" is asked at $rest and $graphql, as GitHub Enterprise Server has it', async (row) => {
  const client = createClient('token', `${url}${row.prefix}`);
  await client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'training' });
  await client.graphql('query { viewer { login } }');
  expect(asked).toEqual([`GET ${row.rest}`, `POST ${row.graphql}`]);
});
