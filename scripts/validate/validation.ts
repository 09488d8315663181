import { compareHours, compareMemory, compareThroughput, type Comparison } from './comparison.ts';
import { checkFit, type FitCheck } from './fit-check.ts';
import { checkParameters, type ParameterCheck } from './parameter-check.ts';
import { compareWithReference, referenceClasses, type ReferenceComparison } from './reference-rows.ts';
import { readSets, type Peers } from './sets.ts';

/** Every measured run beside what the product says of its config. */
export interface Validation {
  readonly memory: readonly Comparison[];
  readonly throughput: readonly Comparison[];
  readonly hours: readonly Comparison[];
  /** Runs of which only the outcome is known. */
  readonly bounds: readonly FitCheck[];
  /** Runs with a measured peak: they ran, too. */
  readonly measuredFits: readonly FitCheck[];
  /** Runs on a GPU whose memory their source does not say. */
  readonly unchecked: number;
  readonly parameters: readonly ParameterCheck[];
  /** Steps of the trainers' own libraries on tensors without data. */
  readonly reference: readonly ReferenceComparison[];
  readonly peers: Peers;
}

export function validate(): Validation {
  const sets = readSets();
  const bounds = sets.bounds.map((row) => checkFit(row, row.kind === 'oom' ? 'died' : 'ran'));
  const measuredFits = sets.memory.map((row) => checkFit(row, 'ran'));
  return {
    memory: sets.memory.map(compareMemory),
    throughput: sets.throughput.map(compareThroughput),
    hours: sets.hours.map(compareHours),
    bounds: bounds.filter((check) => check !== null),
    measuredFits: measuredFits.filter((check) => check !== null),
    unchecked: [...bounds, ...measuredFits].filter((check) => check === null).length,
    parameters: sets.parameters.map(checkParameters),
    reference: referenceClasses().flatMap(({ name, rows }) => rows.map((row) => compareWithReference(row, name))),
    peers: sets.peers,
  };
}
