import { listen, type ListeningServer } from './http-server.ts';

export interface ReceivedDelivery {
  readonly event: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was signed. */
  readonly body: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An App's server that keeps what it is told and answers as it is told to. */
export class HookServer {
  readonly received: ReceivedDelivery[] = [];
  status = 202;
  delayMs = 0;
  readonly #server: ListeningServer;

  private constructor(server: ListeningServer) {
    this.#server = server;
  }

  static async start(): Promise<HookServer> {
    const server: ListeningServer = await listen(async ({ body, headers }) => {
      const payload = JSON.parse(body) as ReceivedDelivery['payload'];
      hooks.received.push({ event: String(headers['x-github-event']), headers, body, payload });
      await new Promise((resolve) => setTimeout(resolve, hooks.delayMs));
      return { status: hooks.status, headers: {}, body: {} };
    });
    const hooks = new HookServer(server);
    return hooks;
  }

  get url(): string {
    return this.#server.origin;
  }

  /** `pull_request.opened`, `push`, … in the order they came. */
  get events(): string[] {
    return this.received.map(({ event, payload }) =>
      'action' in payload ? `${event}.${String(payload['action'])}` : event,
    );
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
