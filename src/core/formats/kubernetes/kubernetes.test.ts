import { describe, expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { readGuards } from '../../guards.ts';
import { readRun, referencesOf } from '../../reading/read-run.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';

const config = 'model: { model_name: a/b }\ntraining: { trainer_type: TRL_SFT, max_steps: 7 }\n';

function factsOf(text: string, path = 'job.yaml') {
  const { run, problems } = readRun(path, text, new Map());
  expect(problems).toEqual([]);
  return { gpu: run?.facts['hardware.gpu']?.value, count: run?.facts['hardware.count']?.value };
}

/** The pods of a group, with what they ask for and where they run. */
const pod = (gpus: string, more = '') =>
  `{ containers: [{ command: [oumi, train, -c, configs/train.yaml], resources: { limits: { ${gpus} } } }]${more} }`;

describe('GPUs', () => {
  test.each([
    [
      'Job',
      `apiVersion: batch/v1\nkind: Job\nspec: { parallelism: 4, template: { spec: ${pod('nvidia.com/gpu: 8')} } }`,
      32,
    ],
    ['Pod', `apiVersion: v1\nkind: Pod\nspec: ${pod('amd.com/gpu: "4"')}`, 4],
    [
      'PyTorchJob',
      `apiVersion: kubeflow.org/v1
kind: PyTorchJob
spec:
  pytorchReplicaSpecs:
    Master: { template: { spec: ${pod('nvidia.com/gpu: 8')} } }
    Worker: { replicas: 3, template: { spec: ${pod('nvidia.com/gpu: 8')} } }`,
      32,
    ],
    [
      'MPIJob, whose launcher has no GPU',
      `apiVersion: kubeflow.org/v2beta1
kind: MPIJob
spec:
  mpiReplicaSpecs:
    Launcher: { replicas: 1, template: { spec: { containers: [{ command: [mpirun] }] } } }
    Worker: { replicas: 2, template: { spec: ${pod('nvidia.com/gpu: 4')} } }`,
      8,
    ],
    [
      'TrainJob',
      `apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
spec: { trainer: { numNodes: 2, command: [tune], resourcesPerNode: { limits: { nvidia.com/gpu: 8 } } } }`,
      16,
    ],
    [
      'RayJob',
      `apiVersion: ray.io/v1
kind: RayJob
spec:
  entrypoint: python train.py --config configs/train.yaml
  rayClusterSpec:
    headGroupSpec: { template: { spec: { containers: [{ image: ray }] } } }
    workerGroupSpecs: [{ replicas: 2, numOfHosts: 2, template: { spec: ${pod('nvidia.com/gpu: 8')} } }]`,
      32,
    ],
    [
      'JobSet',
      `apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
spec: { replicatedJobs: [{ replicas: 2, template: { spec: { parallelism: 4, template: { spec: ${pod('google.com/tpu: 4')} } } } }] }`,
      32,
    ],
    [
      'Job of Volcano',
      `apiVersion: batch.volcano.sh/v1alpha1
kind: Job
spec: { tasks: [{ replicas: 1, template: { spec: ${pod('nvidia.com/gpu: 8')} } }, { replicas: 3, template: { spec: ${pod('nvidia.com/gpu: 8')} } }] }`,
      32,
    ],
    ['a number left to a template', `apiVersion: v1\nkind: Pod\nspec: ${pod('nvidia.com/gpu: "$(GPUS)"')}`, undefined],
    ['none at all', 'apiVersion: v1\nkind: Pod\nspec: { containers: [{ image: x }] }', undefined],
  ])('of a %s', (_, text, count) => {
    expect(factsOf(text).count).toBe(count);
  });

  test('are counted over all containers of a pod', () => {
    const limits = 'resources: { limits: { nvidia.com/gpu: 2 } }';
    const text = `apiVersion: v1\nkind: Pod\nspec: { containers: [{ ${limits} }, { ${limits} }] }`;
    expect(factsOf(text).count).toBe(4);
  });

  test('of a file of several manifests are those of its job', () => {
    const service = 'apiVersion: v1\nkind: Service\nspec: { clusterIP: None }\n';
    const job = `apiVersion: batch/v1\nkind: Job\nspec: { template: { spec: ${pod('nvidia.com/gpu: 8')} } }\n`;
    const { run } = readRun('job.yaml', `${service}---\n${job}---\n`, new Map());
    expect(run?.facts['hardware.count']).toMatchObject({ value: 8, place: { line: 7 } });
  });
});

describe('the type of the GPU', () => {
  const at = (more: string) => factsOf(`apiVersion: v1\nkind: Pod\nspec: ${pod('nvidia.com/gpu: 8', `, ${more}`)}`).gpu;

  test.each([
    ['cloud.google.com/gke-accelerator', 'nvidia-h100-80gb'],
    ['nvidia.com/gpu.product', 'NVIDIA-A100-SXM4-80GB'],
    ['node.kubernetes.io/instance-type', 'p5.48xlarge'],
  ])('is what the label %s selects', (label, name) => {
    expect(at(`nodeSelector: { ${label}: ${name} }`)).toBe(name);
  });

  const affinity = (terms: string) =>
    `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms}] } } }`;
  const term = (values: string) =>
    `{ matchExpressions: [{ key: nvidia.com/gpu.product, operator: In, values: [${values}] }] }`;

  test('is what a required affinity leaves', () => {
    expect(at(affinity(term('NVIDIA-L4')))).toBe('NVIDIA-L4');
  });

  test.each([
    ['two values', affinity(term('NVIDIA-L4, NVIDIA-A10'))],
    ['two terms', affinity(`${term('NVIDIA-L4')}, ${term('NVIDIA-A10')}`)],
    ['a template', 'nodeSelector: { nvidia.com/gpu.product: "${GPU}" }'],
  ])('is open where %s could be meant', (_, more) => {
    expect(at(more)).toBeUndefined();
  });
});

const job = `apiVersion: batch/v1
kind: Job
spec:
  template:
    spec:
      containers:
        - command: [bash, -c]
          args:
            - |
              pip install oumi
              oumi train -c configs/train.yaml
          resources: { limits: { nvidia.com/gpu: 8 } }
`;

test('the config that a job launches runs on its GPUs', () => {
  expect(referencesOf('k8s/job.yaml', job)).toContain('configs/train.yaml');
  const { run, problems } = readRun('k8s/job.yaml', job, new Map([['configs/train.yaml', config]]));
  expect(problems).toEqual([]);
  expect(run).toMatchObject({ path: 'k8s/job.yaml', dialect: 'kubernetes' });
  expect(run?.facts['hardware.count']).toMatchObject({ value: 8, place: { path: 'k8s/job.yaml', line: 12 } });
  expect(run?.facts['model.id']).toMatchObject({ value: 'a/b', place: { path: 'configs/train.yaml' } });
});

test('a job that launches no config of the repository is let be', () => {
  const reading = estimateConfig('job.yaml', new OpenedFiles([['job.yaml', { text: job }]]), readGuards(null));
  expect(reading).toMatchObject({ isConfig: false, isLauncher: true, problems: [] });
});

test.each([
  [
    'a Deployment',
    `apiVersion: apps/v1\nkind: Deployment\nspec: { template: { spec: ${pod('nvidia.com/gpu: 1')} } }\n`,
  ],
  ['a Job of another group', 'apiVersion: example.com/v1\nkind: Job\nspec: {}\n'],
  ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\n'],
  ['a chart', 'apiVersion: v2\nname: x\nversion: 1.0.0\n'],
])('%s is none of these', (_, text) => {
  expect(readRun('job.yaml', text, new Map()).format).toBeNull();
});

test('a template of Helm that does not parse is let be', () => {
  const template = `{{- if .Values.enabled }}\n${job.replace('batch/v1\nkind: Job', 'kubeflow.org/v1\nkind: PyTorchJob')}pytorchReplicaSpecs: [{{ x }\n`;
  const reading = estimateConfig('job.yaml', new OpenedFiles([['job.yaml', { text: template }]]), readGuards(null));
  expect(reading.isConfig).toBe(false);
});

test.each(['spec: 7', 'spec: { template: [] }', 'spec: { template: { spec: { containers: { a: 1 } } } }'])(
  'what is not as Kubernetes has it states nothing: %s',
  (spec) => {
    expect(factsOf(`apiVersion: batch/v1\nkind: Job\n${spec}\n`)).toEqual({ gpu: undefined, count: undefined });
  },
);
