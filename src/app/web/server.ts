import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, type Route } from './route.ts';

/** Routes by method and path: `GET /healthz`. */
export type Routes = Readonly<Record<string, Route>>;

export interface WebServer {
  readonly url: string;
  /** Takes no new connections, and resolves when all answers are given, or after the grace. */
  stop(graceMs: number): Promise<void>;
}

export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly onError: (error: unknown) => void;
}

/** Serves the routes until it is stopped. */
export async function serve(routes: Routes, { host, port, onError }: WebServerOptions): Promise<WebServer> {
  const server = createServer(
    // A proxy that keeps its connections usually drops them after 60 s; it is to be the first of the two
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      dispatch(routes, request, response).catch((error: unknown) => {
        onError(error);
        if (response.headersSent) response.destroy();
        else answer(response, 500, 'something went wrong\n');
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  // One without a path: an IPv6 address stands in brackets
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    stop: (graceMs) => close(server, graceMs),
  };
}

async function dispatch(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  // Node leaves the body out of the answer to HEAD
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const route = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  if (route !== undefined) {
    await route(request, response);
    return;
  }
  const allowed = Object.keys(routes).flatMap((name) =>
    name.endsWith(` ${path}`) ? (name.split(' ', 1)[0] ?? []) : [],
  );
  if (allowed.length === 0) answer(response, 404, 'there is nothing here\n');
  else answer(response, 405, 'not by this method\n', { allow: allowed.join(', ') });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // Whoever is still sending after that is hung up on
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
