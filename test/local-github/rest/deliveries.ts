import type { Delivery } from '../state/delivery.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

/** Newest first; the cursor is the id of the last that was shown. */
export const listDeliveries: RestHandler = (request) => {
  const size = request.has('per_page') ? Math.min(Math.max(request.number('per_page'), 1), 100) : 30;
  const cursor = Number(request.optionalText('cursor')?.replace(/^v1_/, '') ?? Infinity);
  const status = request.optionalText('status');
  const attempted = request.app.deliveries.filter(({ attempt }) => attempt !== null);
  const wanted = attempted.filter((delivery) => status === undefined || isSuccess(delivery) === (status === 'success'));
  const older = wanted.toReversed().filter(({ id }) => id < cursor);
  const shown = older.slice(0, size);
  const headers = older.length > size ? { link: nextLink(request, shown.at(-1)) } : undefined;
  return { status: 200, body: shown.map(deliveryJson), ...(headers === undefined ? {} : { headers }) };
};

export const getDelivery: RestHandler = (request) => {
  const delivery = deliveryOf(request);
  const { answerBody, answerHeaders, headers, url } = delivery.attempt ?? notSent;
  const body = {
    ...deliveryJson(delivery),
    url,
    request: { headers, payload: delivery.payload },
    response: { headers: answerHeaders, payload: answerBody },
  };
  return { status: 200, body };
};

export const redeliver: RestHandler = (request) => {
  const delivery = deliveryOf(request);
  request.redeliver(request.app, delivery);
  return { status: 202, body: {} };
};

function deliveryOf(request: RestRequest): Delivery {
  const id = request.number('delivery_id');
  return found(request.app.deliveries.find((delivery) => delivery.id === id));
}

function isSuccess({ attempt }: Delivery): boolean {
  return attempt !== null && attempt.statusCode >= 200 && attempt.statusCode < 300;
}

/** OpenAPI `hook-delivery-item`. */
function deliveryJson(delivery: Delivery) {
  const { durationSeconds, status, statusCode } = delivery.attempt ?? notSent;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.isRedelivery,
    duration: durationSeconds,
    status,
    status_code: statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

const notSent = {
  durationSeconds: 0,
  status: 'pending',
  statusCode: 0,
  url: '',
  headers: {},
  answerHeaders: {},
  answerBody: '',
};

function nextLink({ url, urls }: RestRequest, last: Delivery | undefined): string {
  const address = new URL(urls.html + url.pathname + url.search);
  address.searchParams.set('cursor', `v1_${last?.id ?? 0}`);
  return `<${address.href}>; rel="next"`;
}
