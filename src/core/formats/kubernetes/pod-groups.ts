import type { KeyPath } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { gpuTypeOf, type GpuType } from './gpu-type.ts';
import type { Workload } from './workloads.ts';

/** Pods that are alike. */
export interface PodGroup {
  /** null where the number is left to a template. */
  readonly pods: number | null;
  /** GPUs of one pod; null where the number is left to a template. */
  readonly gpus: number | null;
  readonly type: GpuType | null;
  readonly commands: readonly string[];
  /** Where the GPUs are asked for. */
  readonly keys: KeyPath;
}

/** A place for pods: how many, and where their specification is. */
interface Slot {
  readonly pods: number | null;
  readonly spec: KeyPath;
}

/** Devices that a scheduler hands out whole (Kubernetes docs, "Schedule GPUs"; vendors' device plugins). */
const devices = ['nvidia.com/gpu', 'amd.com/gpu', 'habana.ai/gaudi', 'google.com/tpu'];

const mostGroups = 100;
const mostContainers = 20;

/** The groups of pods that a workload starts. */
export function podGroupsOf(workload: Workload): PodGroup[] {
  if (workload.kind === 'TrainJob') return [trainerOf(workload)];
  return slotsOf(workload)
    .slice(0, mostGroups)
    .map(({ pods, spec }) => groupAt(workload, pods, spec));
}

function slotsOf(workload: Workload): Slot[] {
  switch (workload.kind) {
    case 'Pod':
      return [{ pods: 1, spec: ['spec'] }];
    case 'PyTorchJob':
      return replicaSpecs(workload, ['spec', 'pytorchReplicaSpecs']);
    case 'MPIJob':
      return replicaSpecs(workload, ['spec', 'mpiReplicaSpecs']);
    case 'RayJob':
      return rayGroups(workload);
    case 'JobSet':
      return items(workload, ['spec', 'replicatedJobs']).map((job) => {
        const jobs = countAt(workload, [...job, 'replicas']);
        const pods = countAt(workload, [...job, 'template', 'spec', 'parallelism']);
        return { pods: times(jobs, pods), spec: [...job, 'template', 'spec', 'template', 'spec'] };
      });
    default: {
      const tasks = items(workload, ['spec', 'tasks']).map((task) => templated(workload, task));
      if (tasks.length > 0) return tasks;
      return [{ pods: countAt(workload, ['spec', 'parallelism']), spec: ['spec', 'template', 'spec'] }];
    }
  }
}

/** Kubeflow: `Master`, `Launcher`, `Worker`, each with its replicas and its template. */
function replicaSpecs(workload: Workload, keys: KeyPath): Slot[] {
  const roles = valueAt(workload.value, keys);
  if (typeof roles !== 'object' || roles === null) return [];
  return Object.keys(roles).map((role) => templated(workload, [...keys, role]));
}

function rayGroups(workload: Workload): Slot[] {
  const cluster = ['spec', 'rayClusterSpec'];
  const head: Slot = { pods: 1, spec: [...cluster, 'headGroupSpec', 'template', 'spec'] };
  const workers = items(workload, [...cluster, 'workerGroupSpecs']).map((group): Slot => {
    const { pods, spec } = templated(workload, group);
    return { pods: times(pods, countAt(workload, [...group, 'numOfHosts'])), spec };
  });
  return [head, ...workers];
}

/** Kubeflow Trainer 2 states the resources of a node instead of a pod's template. */
function trainerOf(workload: Workload): PodGroup {
  const trainer = ['spec', 'trainer'];
  return {
    pods: countAt(workload, [...trainer, 'numNodes']),
    ...devicesAt(workload, [...trainer, 'resourcesPerNode']),
    type: null,
    commands: [commandAt(workload, trainer)],
  };
}

function templated(workload: Workload, keys: KeyPath): Slot {
  return { pods: countAt(workload, [...keys, 'replicas']), spec: [...keys, 'template', 'spec'] };
}

function groupAt(workload: Workload, pods: number | null, spec: KeyPath): PodGroup {
  const containers = items(workload, [...spec, 'containers']).slice(0, mostContainers);
  const asked = containers.map((container) => devicesAt(workload, [...container, 'resources']));
  const first = asked.find(({ gpus }) => gpus !== 0);
  return {
    pods,
    gpus: asked.reduce<number | null>((sum, { gpus }) => (sum === null || gpus === null ? null : sum + gpus), 0),
    type: gpuTypeOf(workload, spec),
    commands: containers.map((container) => commandAt(workload, container)),
    keys: first?.keys ?? [...workload.keys, ...spec],
  };
}

/** Limits count; requests of a device must be the same (Kubernetes docs, "Schedule GPUs"). */
function devicesAt(workload: Workload, resources: KeyPath): Pick<PodGroup, 'gpus' | 'keys'> {
  for (const kind of ['limits', 'requests']) {
    for (const device of devices) {
      const keys = [...resources, kind, device];
      const written = valueAt(workload.value, keys);
      if (written !== undefined) return { gpus: wholeNumber(written), keys: [...workload.keys, ...keys] };
    }
  }
  return { gpus: 0, keys: [...workload.keys, ...resources] };
}

function commandAt({ value }: Workload, container: KeyPath): string {
  const words = ['command', 'args'].flatMap((key) => valueAt(value, [...container, key]) ?? []);
  return words.filter((word) => typeof word === 'string').join(' ');
}

function items({ value }: Workload, keys: KeyPath): KeyPath[] {
  const list = valueAt(value, keys);
  return Array.isArray(list) ? list.slice(0, mostGroups).map((_, index) => [...keys, index]) : [];
}

/** What is not stated is one, everywhere in these kinds. */
function countAt({ value }: Workload, keys: KeyPath): number | null {
  const written = valueAt(value, keys);
  return written === undefined || written === null ? 1 : wholeNumber(written);
}

function wholeNumber(written: unknown): number | null {
  const number = typeof written === 'string' && /^\d{1,6}$/.test(written) ? Number(written) : written;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 100_000 ? number : null;
}

function times(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one * other;
}
