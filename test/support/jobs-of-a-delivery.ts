import { jobsOf } from '../../src/app/events/jobs-of.ts';
import { Subject } from '../../src/app/events/subject.ts';
import { aDelivery } from './a-delivery.ts';

/** The App that the deliveries are for. */
export const appId = 77;

/** What a delivery has looked at. */
export function subjectsOf(...delivery: Parameters<typeof aDelivery>): readonly Subject[] {
  return jobsOf(aDelivery(...delivery), appId).jobs.map(({ data }) => Subject.parse(data));
}

/** Why a delivery has nothing looked at. */
export function whyIgnored(...delivery: Parameters<typeof aDelivery>): string | null {
  return jobsOf(aDelivery(...delivery), appId).ignored;
}
