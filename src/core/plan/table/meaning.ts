/** What a column holds. */
export type Meaning =
  | FigureMeaning
  | 'name'
  | 'notes'
  | 'evidence'
  | 'date'
  | 'status'
  | 'gpu'
  /** Cells of a size, a budget, data or compute: their own units say which. */
  | 'open'
  /** When it is done, not how long GPUs are busy. */
  | 'calendar'
  /** Scores, speeds, file sizes, prices by the hour: tables of models and hardware have them. */
  | 'score'
  | 'speed'
  | 'rate'
  | 'listing'
  /** Learning rates, batch sizes, shapes: known, and no budget. */
  | 'setting'
  /** Hours, cost or tokens in a way that is not understood: to be reported. */
  | 'unclear';

export type FigureMeaning =
  | 'parameters'
  | 'tokens'
  | 'samples'
  | 'steps'
  | 'gpuCount'
  | 'gpuHours'
  | 'nodeHours'
  | 'wallClock'
  | 'cost'
  | 'memory'
  | 'modelMemory'
  | 'activationMemory'
  | 'dataHours'
  | 'inferencePrice'
  | 'measuredMemory'
  | 'measuredGpuHours'
  | 'predictedMemory'
  | 'predictedGpuHours';
