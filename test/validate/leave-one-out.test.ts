import { expect, test } from 'vitest';
import type { FittedConstant } from '../../scripts/validate/fitted.ts';
import { leaveOneSourceOut, refitToAll, restingOnOwnSource } from '../../scripts/validate/leave-one-out.ts';
import { aComparison } from './a-comparison.ts';

/** A factor of every estimate of the given trainer. */
function factorOf(trainer: string): FittedConstant {
  const elasticity: FittedConstant['elasticity'] = ({ id }) => (id === trainer ? 1 : 0);
  return { name: trainer, values: ['1'], file: 'anywhere.ts', from: 'anywhere', elasticity };
}

/** `count` runs of a trainer, by one source, that took `measured` where 100 were estimated. */
function runs(source: string, trainer: string, measured: number, count = 20) {
  return Array.from({ length: count }, () => aComparison({ source, id: trainer, measured, estimate: 100 }));
}

test('a factor that is 20% low everywhere is found, by the other sources, too', () => {
  const all = [...runs('a', 'x', 120), ...runs('b', 'x', 120), ...runs('c', 'x', 120)];
  for (const { estimate } of refitToAll(all, [factorOf('x')])) expect(estimate).toBeCloseTo(120, -0.5);
  for (const { estimate } of leaveOneSourceOut(all, [factorOf('x')])) expect(estimate).toBeCloseTo(120, -0.5);
});

test('a source is predicted from the others, not from itself', () => {
  const all = [...runs('a', 'x', 100), ...runs('b', 'x', 100), ...runs('odd', 'x', 150)];
  const odd = leaveOneSourceOut(all, [factorOf('x')]).filter(({ source }) => source === 'odd');
  for (const { estimate } of odd) expect(estimate).toBeCloseTo(100, 1);
});

test('two factors are told apart', () => {
  const all = [...runs('a', 'x', 130), ...runs('b', 'y', 80), ...runs('c', 'x', 130), ...runs('d', 'y', 80)];
  const constants = [factorOf('x'), factorOf('y')];
  for (const { id, estimate } of leaveOneSourceOut(all, constants)) {
    expect(Math.abs(estimate - (id === 'x' ? 130 : 80))).toBeLessThan(6);
  }
});

test('a constant that only one source measures stays as it is when that source is left out, and its runs are counted', () => {
  const all = [...runs('a', 'x', 150, 5), ...runs('b', 'y', 100, 7)];
  expect(leaveOneSourceOut(all, [factorOf('x')]).every(({ estimate }) => estimate === 100)).toBe(true);
  expect(restingOnOwnSource(all, [factorOf('x')])).toBe(5);
});

test('a constant that only one source measures falls back to what an unknown one would get', () => {
  const all = [...runs('a', 'x', 150, 5), ...runs('b', 'y', 100, 7)];
  const constant = { ...factorOf('x'), unseen: 0.5 };
  const left = leaveOneSourceOut(all, [constant]);
  for (const { id, estimate } of left) expect(estimate).toBeCloseTo(id === 'x' ? 50 : 100);
});
