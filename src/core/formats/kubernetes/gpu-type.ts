import type { KeyPath } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { isOpen } from '../yaml-values.ts';
import type { Workload } from './workloads.ts';

/** A GPU, or the machine that has it, by the name that a node's label gives it. */
export interface GpuType {
  readonly name: string;
  readonly keys: KeyPath;
}

/** Labels by which nodes tell their GPUs: GKE, NVIDIA's GPU feature discovery, CoreWeave, the type of the machine. */
const labels = [
  'cloud.google.com/gke-accelerator',
  'cloud.google.com/gke-tpu-accelerator',
  'nvidia.com/gpu.product',
  'gpu.nvidia.com/class',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
];

/** What the pods of a specification select their nodes by; null where they name no GPU, or a choice of several. */
export function gpuTypeOf(workload: Workload, spec: KeyPath): GpuType | null {
  for (const label of labels) {
    const keys = [...spec, 'nodeSelector', label];
    const name = nameOf(valueAt(workload.value, keys));
    if (name !== null) return { name, keys: [...workload.keys, ...keys] };
  }
  return requiredOf(workload, spec);
}

const requiredAffinity = [
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
];

/** `{key: nvidia.com/gpu.product, operator: In, values: [one]}` of the only term that nodes have to satisfy. */
function requiredOf(workload: Workload, spec: KeyPath): GpuType | null {
  const terms = valueAt(workload.value, [...spec, ...requiredAffinity]);
  if (!Array.isArray(terms) || terms.length !== 1) return null;
  const path = [...spec, ...requiredAffinity, 0, 'matchExpressions'];
  const expressions = valueAt(workload.value, path);
  if (!Array.isArray(expressions)) return null;
  for (const [index, expression] of expressions.entries()) {
    const label: unknown = valueAt(expression, ['key']);
    const values: unknown = valueAt(expression, ['values']);
    if (typeof label !== 'string' || !labels.includes(label) || !Array.isArray(values)) continue;
    const name = values.length === 1 && valueAt(expression, ['operator']) === 'In' ? nameOf(values[0]) : null;
    if (name !== null) return { name, keys: [...workload.keys, ...path, index, 'values', 0] };
  }
  return null;
}

function nameOf(written: unknown): string | null {
  return typeof written === 'string' && written.length <= 100 && !isOpen(written) ? written : null;
}
