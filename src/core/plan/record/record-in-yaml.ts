import type { Writable } from '../../document/document.ts';
import { parseDocument } from '../../document/parse-document.ts';
import { setValue } from '../../document/set-value.ts';
import { valueAt } from '../../document/value-at.ts';
import { gibibyte } from '../../units/bytes.ts';
import { rowKey } from '../row-key.ts';
import type { ValidationRecord } from './validation-record.ts';

/** A YAML or JSON plan with the `validation` of one scale set. */
export function recordInYaml(path: string, text: string, record: ValidationRecord): string | null {
  const scales = valueAt(parseDocument(path, text).document?.value, ['scales']);
  if (!Array.isArray(scales)) return null;
  const index = scales.findIndex((scale: unknown) => {
    const name = valueAt(scale, ['name']);
    return typeof name === 'string' && rowKey(name) === rowKey(record.scale);
  });
  if (index === -1) return null;
  const gib = (bytes: number | null): number | null => (bytes === null ? null : Number((bytes / gibibyte).toFixed(2)));
  const hours = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)));
  const values: readonly (readonly [string, Writable | null])[] = [
    ['link', record.link],
    ['date', record.date],
    ['peak_memory_gib', gib(record.memoryBytes)],
    ['gpu_hours', hours(record.gpuHours)],
    ['predicted_memory_gib', gib(record.predictedMemoryBytes)],
    ['predicted_gpu_hours', hours(record.predictedGpuHours)],
    ['config', record.config],
  ];
  let changed: string | null = text;
  for (const [key, value] of values) {
    if (value !== null && changed !== null)
      changed = setValue(path, changed, ['scales', index, 'validation', key], value);
  }
  return changed;
}
