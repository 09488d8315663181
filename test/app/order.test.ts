import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HeldDelivery } from '../local-github/webhooks/webhooks.ts';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { until } from '../support/until.ts';
import { Jump } from './jump.ts';
import { withRunningApp } from './with-running-app.ts';

const app = withRunningApp();
const xl = largeMovedToXl();
const doubled = xl.replace('micro_batch_size: 32', 'micro_batch_size: 64');

type Order = (held: readonly HeldDelivery[]) => readonly HeldDelivery[];

/**
 * A fixed sequence of changes. With an order, the App learns of them all at once, and in that order. Nothing is taken back:
 * GitHub does not keep whether a review that was dismissed had approved, so that only an App that saw it can tell.
 */
async function play(order: Order | null) {
  const jump = await Jump.open(app.local, { name: app.newName() });
  const { pullRequest } = jump;
  await app.idle();
  const code = jump.code();
  if (order !== null) app.local.webhooks.hold();
  const settled = () => (order === null ? app.idle() : Promise.resolve());
  pullRequest.comment('outsider', `/scalegate approve ${code}`);
  await settled();
  jump.run().press('approve', 'lead');
  await settled();
  await jump.push(`# reviewed\n${xl}`);
  await settled();
  const hasty = pullRequest.comment('third', 'LGTM');
  pullRequest.edit(hasty, 'mallory', `/scalegate approve ${code}`);
  await settled();
  await jump.push(doubled);
  await settled();
  pullRequest.markReady();
  pullRequest.review({ author: 'fourth', state: 'APPROVED' });
  await settled();
  pullRequest.review({ author: 'second', state: 'APPROVED' });
  await settled();
  if (order !== null) {
    await app.local.webhooks.release(order);
    await app.idle();
    await recover();
  }
  const { conclusion, title, buttons, comment } = jump.seen();
  return {
    check: { conclusion, title, buttons },
    comments: jump.comments().length,
    comment: comment.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME'),
    approvals: jump.approvals(),
  };
}

/** What got no answer is old enough by now to be sent again, which the App asks for when it starts. */
async function recover(): Promise<void> {
  const { deliveries } = app.github.app;
  const isAnswered = (guid: string) =>
    deliveries.some((delivery) => delivery.guid === guid && (delivery.attempt?.statusCode ?? 0) >= 200);
  const lost = deliveries.filter(({ guid }) => !isAnswered(guid));
  for (const delivery of lost) delivery.deliveredAt = new Date(Date.now() - 90_000).toISOString();
  await app.stop();
  await app.start();
  await until('what was lost is sent again', () => lost.every(({ guid }) => isAnswered(guid)), 60_000);
  await app.idle();
}

/** For each delivery when it comes, and how often; none is dropped once in four. */
const orders: fc.Arbitrary<Order> = fc
  .array(fc.record({ place: fc.nat(), copies: fc.constantFrom(0, 1, 1, 2) }), { minLength: 60, maxLength: 60 })
  .map((fates) => (held) => {
    const sent = held.flatMap((delivery, index) => {
      const { place, copies } = fates[index % fates.length]!;
      return Array.from({ length: copies }, (_, copy) => ({ delivery, place: (place * (copy + 1)) % 1_000_003 }));
    });
    return sent.sort((one, other) => one.place - other.place).map(({ delivery }) => delivery);
  });

test(
  'deliveries that are shuffled, doubled and dropped end in what those in order end in',
  { timeout: 300_000 },
  async () => {
    const inOrder = await play(null);
    expect(inOrder).toMatchObject({
      check: { conclusion: 'success', title: expect.stringMatching(/^Passes/) as string },
      comments: 1,
    });
    expect(inOrder.approvals.toSorted()).toEqual([
      expect.stringMatching(/^- `fourth` \(review\) does not count: has the role read/),
      expect.stringMatching(/^- `lead` \(button\) does not count: approved an earlier state/),
      '- `outsider` (command) does not count: took part in the change',
      expect.stringMatching(/^- `third` \(command\) does not count: /),
      '- ✅ `second` (review)',
    ]);
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { approvals, comment, ...published } = await play(order);
        expect(published).toEqual({ check: inOrder.check, comments: 1 });
        // A click has the time of its delivery
        expect(approvals.toSorted()).toEqual(inOrder.approvals.toSorted());
        expect(comment.split('\n').toSorted()).toEqual(inOrder.comment.split('\n').toSorted());
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
);
