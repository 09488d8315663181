import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchedConfigs, launchesIn } from '../launched-configs.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { podGroupsOf, type PodGroup } from './pod-groups.ts';
import { workloadsOf, type Workload } from './workloads.ts';

/** A job of Kubernetes, Kubeflow, Ray, Volcano or JobSet: the GPUs for the config that its containers launch. */
export const kubernetes: Format = {
  name: 'kubernetes',
  title: 'Kubernetes jobs',
  launcher: true,
  syntaxes: ['yaml', 'json'],
  signature: ['pytorchReplicaSpecs', 'mpiReplicaSpecs', 'rayClusterSpec', 'replicatedJobs'],
  recognize: (document) => workloadsOf(document).length > 0,
  references: (document) => launchedConfigs(workloadsOf(document).flatMap(commandsOf), document).flat(),
  launches: (document) =>
    workloadsOf(document).flatMap((workload) => launchesIn(commandsOf(workload), [...workload.keys, 'spec'], document)),
  read,
};

/** Of several jobs in one file the first that asks for GPUs. */
function read(document: Document): ReadResult {
  const groups = workloadsOf(document)
    .map(podGroupsOf)
    .find((candidates) => candidates.some(({ gpus }) => gpus !== 0));
  const stated = new StatedFacts(document);
  if (groups !== undefined) stateGpus(stated, groups);
  return {
    run: { path: document.path, dialect: 'kubernetes', name: nameFromPath(document.path), facts: stated.facts },
    problems: [],
  };
}

/** The type is stated where all pods with GPUs select the same; the number where each group states how many it is. */
function stateGpus(stated: StatedFacts, groups: readonly PodGroup[]): void {
  const withGpus = groups.filter(({ gpus }) => gpus !== 0);
  const [first] = withGpus;
  if (first === undefined) return;
  const types = new Set(withGpus.map(({ type }) => type?.name ?? null));
  if (types.size === 1 && first.type !== null) stated.state('hardware.gpu', first.type.name, first.type.keys);
  let count = 0;
  for (const { pods, gpus } of withGpus) {
    if (pods === null || gpus === null) return;
    count += pods * gpus;
  }
  if (count >= 1 && count <= 100_000) stated.state('hardware.count', count, first.keys);
}

/** The words of a command and its arguments make one line; a script within one of them keeps its own lines. */
function commandsOf(workload: Workload): string[] {
  const entrypoint = valueAt(workload.value, ['spec', 'entrypoint']);
  const containers = podGroupsOf(workload).flatMap((group) => group.commands);
  return typeof entrypoint === 'string' ? [entrypoint, ...containers] : containers;
}
