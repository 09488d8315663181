import type { Urls } from '../rest/rest-request.ts';
import type { App } from '../state/app.ts';
import type { Delivery } from '../state/delivery.ts';
import type { World } from '../state/world.ts';
import type { Happening } from './happening.ts';
import { payloadOf, repositoryOf } from './payload.ts';
import { checkPayload } from './payload-check.ts';
import { type Receiver, receiversOf } from './receivers.ts';
import { send } from './send.ts';

export interface HeldDelivery {
  readonly app: App;
  readonly delivery: Delivery;
}

/** Tells Apps what happens, in the order in which it happens unless a test wants it otherwise. */
export class Webhooks {
  /** GitHub's is 10 s ("Handling failed webhook deliveries"). */
  timeoutMs = 10_000;
  readonly #world: World;
  readonly #urls: Urls;
  readonly #violations: string[];
  readonly #sending = new Set<Promise<void>>();
  #recorded: Promise<void> = Promise.resolve();
  #held: HeldDelivery[] | null = null;

  constructor(world: World, urls: Urls, violations: string[]) {
    this.#world = world;
    this.#urls = urls;
    this.#violations = violations;
    world.listener = (happening) => {
      this.#announce(happening);
    };
  }

  /** From now on deliveries wait for their release. */
  hold(): void {
    this.#held ??= [];
  }

  /**
   * Sends what was held, one after the other, in the order that is returned: what is left out of it fails as if nobody had
   * listened, and what is in it twice is sent twice. What happens from now on is sent at once.
   */
  async release(order: (held: readonly HeldDelivery[]) => readonly HeldDelivery[] = (held) => held): Promise<void> {
    await this.#recorded;
    const held = this.#held ?? [];
    this.#held = null;
    const chosen = order(held);
    for (const { delivery } of held.filter((entry) => !chosen.includes(entry))) {
      delivery.attempt = await send({ app: null, delivery, timeoutMs: this.timeoutMs });
    }
    for (const { app, delivery } of chosen) await this.#send(app, delivery);
  }

  /** What was held is never sent, and GitHub keeps no record of it: nothing that could be asked for again. */
  async lose(): Promise<void> {
    await this.#recorded;
    const held = this.#held ?? [];
    this.#held = null;
    for (const { app, delivery } of held) app.deliveries.splice(app.deliveries.indexOf(delivery), 1);
  }

  /** Resolves when everything that happened so far has been sent and answered. */
  async quiet(): Promise<void> {
    await this.#recorded;
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  /** Another attempt of the same event: the id is new, the GUID is not. */
  redeliver(app: App, delivery: Delivery): void {
    const again = { ...delivery, ...this.#newAttempt(), isRedelivery: true };
    app.deliveries.push(again);
    this.#dispatch(app, again);
  }

  #announce(happening: Happening): void {
    const receivers = receiversOf(happening, this.#world);
    if (receivers.length === 0) return;
    const content = payloadOf(happening, this.#urls);
    this.#recorded = Promise.all([content, this.#recorded]).then(([payload]) => {
      for (const receiver of receivers) this.#record(receiver, happening, payload);
    });
    this.#recorded = this.#recorded.catch((error: unknown) => {
      this.#violations.push(`${happening.event} event: ${String(error)}`);
    });
  }

  #record({ app, installation }: Receiver, happening: Happening, content: Delivery['payload']): void {
    const simple = installation === null ? {} : { id: installation.id, node_id: String(installation.id) };
    const payload = installation === null || 'installation' in content ? content : { ...content, installation: simple };
    const action = 'action' in happening ? happening.action : null;
    this.#violations.push(...checkPayload(happening.event, action, payload));
    const attempt = this.#newAttempt();
    const delivery: Delivery = {
      ...attempt,
      guid: guidOf(attempt.id),
      event: happening.event,
      action,
      installationId: installation?.id ?? null,
      repositoryId: repositoryOf(happening)?.id ?? null,
      payload,
      isRedelivery: false,
    };
    app.deliveries.push(delivery);
    this.#dispatch(app, delivery);
  }

  #newAttempt(): Pick<Delivery, 'attempt' | 'deliveredAt' | 'id'> {
    return { id: this.#world.sequence.nextId(), deliveredAt: new Date().toISOString(), attempt: null };
  }

  #dispatch(app: App, delivery: Delivery): void {
    if (this.#held !== null) {
      this.#held.push({ app, delivery });
      return;
    }
    const sending = this.#send(app, delivery).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  async #send(app: App, delivery: Delivery): Promise<void> {
    delivery.attempt = await send({ app, delivery, timeoutMs: this.timeoutMs });
  }
}

function guidOf(id: number): string {
  return `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`;
}
