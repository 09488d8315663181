import { expect, test } from 'vitest';
import { aDescribedRun } from '../../../../test/support/a-described-run.ts';
import { findModel } from '../../catalog/model.ts';
import { memoryPart } from './memory.ts';
import { flopsPerToken } from '../time/flops.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Training } from '../../run/training.ts';

const llava = findModel('llava-hf/llava-1.5-7b-hf')!.shape;
const frozen: ModelShape = { ...llava, towers: llava.towers!.map((tower) => ({ ...tower, frozen: true })) };
const short: Partial<Training> = { sequenceLength: 2048, trainer: 'huggingface' };

function item(model: ModelShape | string, id: string, training: Partial<Training> = {}): number {
  const { value } = memoryPart(aDescribedRun({ model, training: { ...short, ...training } }));
  return value!.items.find((part) => part.id === id)?.bytes ?? 0;
}

test('a trained tower keeps activations, a frozen one none', () => {
  expect(item(llava, 'tower_activations')).toBeGreaterThan(0);
  expect(item(frozen, 'tower_activations')).toBe(0);
});

test('a frozen tower has neither gradients nor optimizer states', () => {
  expect(item(frozen, 'optimizer_states')).toBeLessThan(item(llava, 'optimizer_states'));
});

test('the encoder of T5 keeps activations under adapters too, since gradients pass through it', () => {
  const adapter = { rank: 8, targetModules: ['q_proj'], adapters: 1, dtype: null };
  expect(item('google/flan-t5-xl', 'tower_activations', { method: 'lora', adapter })).toBeGreaterThan(0);
});

test('a longer text in the encoder costs activations and FLOPs of the encoder', () => {
  const t5 = findModel('google/flan-t5-xl')!.shape;
  const run = (encoderSequenceLength: number) =>
    aDescribedRun({ model: t5, training: { ...short, encoderSequenceLength } });
  const flops = (length: number): number => {
    const { model, parameters, training } = run(length);
    return flopsPerToken(model, parameters, training);
  };
  expect(flops(4096)).toBeGreaterThan(1.5 * flops(1024));
  expect(item(t5, 'tower_activations', { encoderSequenceLength: 4096 })).toBeGreaterThan(
    3.9 * item(t5, 'tower_activations', { encoderSequenceLength: 1024 }),
  );
});

test('the work of a state space does not grow with the sequence, that of attention does', () => {
  const perToken = (id: string, sequenceLength: number): number => {
    const { model, parameters, training } = aDescribedRun({ model: id, training: { sequenceLength } });
    return flopsPerToken(model, parameters, training);
  };
  expect(perToken('state-spaces/mamba-2.8b-hf', 65_536)).toBe(perToken('state-spaces/mamba-2.8b-hf', 2048));
  expect(perToken('meta-llama/Llama-2-7b-hf', 65_536)).toBeGreaterThan(perToken('meta-llama/Llama-2-7b-hf', 2048));
});

test('each further token that is predicted has its own logits', () => {
  const llama = findModel('meta-llama/Llama-2-7b-hf')!.shape;
  const twice = { ...llama, extraPredictions: 1 };
  const atLoss = (model: ModelShape): number => {
    const { timeline } = memoryPart(aDescribedRun({ model })).value!;
    const loss = timeline.find(({ moment }) => moment === 'loss')!;
    return loss.items.find(({ id }) => id === 'logits_and_loss')!.bytes;
  };
  expect(atLoss(twice)).toBe(2 * atLoss(llama));
});

test('how many images a sequence has is an assumption unless the model says', () => {
  const fieldsOf = (model: ModelShape) => memoryPart(aDescribedRun({ model })).assumptions.map(({ field }) => field);
  expect(fieldsOf(llava)).toContain('memory.tower_activations');
  const stated = { ...llava, towers: llava.towers!.map((tower) => ({ ...tower, inputsPerSequence: 2 })) };
  expect(fieldsOf(stated)).not.toContain('memory.tower_activations');
});
