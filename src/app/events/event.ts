import { z } from 'zod';
import type { RepositoryName } from '../../github/http/client.ts';
import type { Subject } from './subject.ts';

/** One event as GitHub delivered it, signature verified. */
export interface Delivery {
  /** GUID of the delivery; a redelivery has the same. */
  readonly id: string;
  /** `pull_request`, from a header that the signature does not cover. */
  readonly name: string;
  readonly payload: unknown;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** What an event asks to look at, or why it asks for nothing. */
export type Reading = readonly Subject[] | { readonly ignored: string };

/** Reads one kind of event. `appId` tells what we did ourselves. */
export type EventReader = (delivery: Delivery, appId: number) => Reading;

const Origin = z.object({
  action: z.string().default(''),
  installation: z.object({ id: z.int() }),
  repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
});

/** Where an event comes from, in the terms of a subject. */
export interface EventOrigin {
  readonly action: string;
  readonly receivedAt: string;
  readonly ofRepository: { readonly installationId: number; readonly repository: RepositoryName };
}

/**
 * A reader of events that are about a repository. The schema has the few fields that are used, so that GitHub may add and
 * change what it likes; a payload without one of those is ignored and says which is missing.
 */
export function repositoryEvent<Payload>(
  schema: z.ZodType<Payload>,
  read: (payload: Payload, origin: EventOrigin, delivery: Delivery, appId: number) => Reading,
): EventReader {
  return (delivery, appId) => {
    const origin = Origin.safeParse(delivery.payload);
    if (!origin.success) return misfit(origin.error);
    const payload = schema.safeParse(delivery.payload);
    if (!payload.success) return misfit(payload.error);
    const { action, installation, repository } = origin.data;
    const name = { owner: repository.owner.login, repo: repository.name };
    return read(
      payload.data,
      { action, receivedAt: delivery.receivedAt, ofRepository: { installationId: installation.id, repository: name } },
      delivery,
      appId,
    );
  };
}

/** Keys only: values of a payload do not reach the log. */
export function misfit(error: z.ZodError): Reading {
  const keys = [...new Set(error.issues.map(({ path }) => path.map(String).join('.') || 'the payload'))];
  return { ignored: `not as GitHub documents it: ${keys.slice(0, 5).join(', ')}` };
}

/** GitHub adds actions without notice; what is not known asks for nothing. */
export function unusedAction({ action }: Pick<EventOrigin, 'action'>): Reading {
  return { ignored: `the action ${JSON.stringify(action.slice(0, 40))} is not used` };
}
