import type { KeyPath, Writable } from '../../document/document.ts';
import { parseDocument } from '../../document/parse-document.ts';
import { setValue } from '../../document/set-value.ts';
import { gibibyte } from '../../units/bytes.ts';
import { isPlanFile } from '../read-yaml-plan.ts';
import { rowKey } from '../row-key.ts';
import type { Recorded } from './recorded.ts';
import type { ValidationRecord } from './validation-record.ts';

/** A YAML or JSON plan with the evidence set in its row: as `validation`, or in the team's own keys beside the others. */
export function recordInYaml(path: string, text: string, record: ValidationRecord): readonly Recorded[] {
  const { document } = parseDocument(path, text);
  const keys = document === null ? null : rowNamed(document.value, record.row);
  if (document === null || keys === null) return [];
  const values = isPlanFile(document.value) ? validation(record) : ownKeys(record);
  let changed: string | null = text;
  for (const [key, value] of values) {
    if (value !== null && changed !== null) changed = setValue(path, changed, [...keys, ...key], value);
  }
  return changed === null ? [] : [{ text: changed, stands: 'in the row' }];
}

type Values = readonly (readonly [KeyPath, Writable | null])[];

function validation({ link, date, config, ...figures }: ValidationRecord): Values {
  const at = (key: string): KeyPath => ['validation', key];
  return [
    [at('link'), link],
    [at('date'), date],
    [at('peak_memory_gib'), gib(figures.memoryBytes)],
    [at('gpu_hours'), hours(figures.gpuHours)],
    [at('predicted_memory_gib'), gib(figures.predictedMemoryBytes)],
    [at('predicted_gpu_hours'), hours(figures.predictedGpuHours)],
    [at('config'), config],
  ];
}

/** Keys that are read as the headers of a table. */
function ownKeys({ link, date, config, ...figures }: ValidationRecord): Values {
  const inGib = (bytes: number | null): string | null => (bytes === null ? null : `${gib(bytes)} GiB`);
  return [
    [['evidence'], `[${config.replaceAll(/[[\]]/g, '')}](${link})`],
    [['date'], date],
    [['measured_memory'], inGib(figures.memoryBytes)],
    [['measured_gpu_hours'], hours(figures.gpuHours)],
    [['predicted_memory'], inGib(figures.predictedMemoryBytes)],
    [['predicted_gpu_hours'], hours(figures.predictedGpuHours)],
  ];
}

function gib(bytes: number | null): number | null {
  return bytes === null ? null : Number((bytes / gibibyte).toFixed(2));
}

function hours(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

/** Where the mapping of a row stands: an item of a list that has the name, or the value of a key that is the name. */
function rowNamed(value: unknown, name: string, keys: KeyPath = []): KeyPath | null {
  if (typeof value !== 'object' || value === null || keys.length > 6) return null;
  for (const [key, inner] of Array.isArray(value) ? [...value.entries()] : Object.entries(value)) {
    const isMapping = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    const at = [...keys, key];
    if (!isMapping) {
      const found = rowNamed(inner, name, at);
      if (found !== null) return found;
      continue;
    }
    const isOwn = (text: unknown): boolean => typeof text === 'string' && rowKey(text) === rowKey(name);
    if (
      isOwn(key) ||
      ['name', 'run', 'stage', 'phase', 'scale', 'id'].some((title) => isOwn((inner as Record<string, unknown>)[title]))
    )
      return at;
    const found = rowNamed(inner, name, at);
    if (found !== null) return found;
  }
  return null;
}
