import type { WebhookEvent } from '../operations.ts';

/** One attempt to tell an App's server of an event. */
export interface Delivery {
  readonly id: number;
  /** The same for every attempt of one event. */
  readonly guid: string;
  readonly event: WebhookEvent;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly isRedelivery: boolean;
  /** By the real clock, since whoever looks for failed deliveries asks how old they are. */
  deliveredAt: string;
  attempt: DeliveryAttempt | null;
}

export interface DeliveryAttempt {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly durationSeconds: number;
  /** `OK`, or what went wrong. */
  readonly status: string;
  /** Of the answer; 0 where there was none. */
  readonly statusCode: number;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly answerBody: string;
}
