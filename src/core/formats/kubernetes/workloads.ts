import type { Document, KeyPath } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';

/** One object of Kubernetes that runs to an end, and where it stands in its file. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly value: unknown;
  readonly keys: KeyPath;
}

/** What runs to an end, by API group; Deployments and their like serve. */
const groupsOfKinds = {
  Job: ['batch', 'batch.volcano.sh'],
  JobSet: ['jobset.x-k8s.io'],
  MPIJob: ['kubeflow.org'],
  Pod: [''],
  PyTorchJob: ['kubeflow.org'],
  RayJob: ['ray.io'],
  TrainJob: ['trainer.kubeflow.org'],
} as const satisfies Record<string, readonly string[]>;

export type WorkloadKind = keyof typeof groupsOfKinds;

/** Manifests of one file that are looked at. */
const mostManifests = 100;

/** The workloads of a file: one manifest, or a list of them (a file of several documents is read as one). */
export function workloadsOf({ value }: Document): Workload[] {
  const items = valueAt(value, ['kind']) === 'List' ? valueAt(value, ['items']) : undefined;
  if (!Array.isArray(items)) return workloadAt(value, []);
  return items.slice(0, mostManifests).flatMap((item, index) => workloadAt(item, ['items', index]));
}

function workloadAt(value: unknown, keys: KeyPath): Workload[] {
  const kind = valueAt(value, ['kind']);
  const version = valueAt(value, ['apiVersion']);
  if (typeof kind !== 'string' || typeof version !== 'string' || !isKind(kind)) return [];
  const group = version.includes('/') ? (version.split('/', 1)[0] ?? '') : '';
  const groups: readonly string[] = groupsOfKinds[kind];
  return groups.includes(group) ? [{ kind, value, keys }] : [];
}

function isKind(kind: string): kind is WorkloadKind {
  return Object.hasOwn(groupsOfKinds, kind);
}
