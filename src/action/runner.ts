import * as core from '@actions/core';

/** A remark that the runner shows beside the job, or on a line of a file. */
export interface Remark {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The runner's side of a step: log, annotations, outputs and job summary. */
export interface Runner {
  log(text: string): void;
  annotate(remark: Remark): void;
  setOutput(name: string, value: string): void;
  /** Adds Markdown to the job summary. */
  summarize(markdown: string): Promise<unknown>;
}

/** The runner that started this process. */
export const actionsRunner: Runner = {
  log: (text) => {
    core.info(harmlessLine(text));
  },
  annotate: ({ level, message, title, path, line, column }) => {
    core[level](message, {
      ...(title === undefined ? {} : { title }),
      ...(path === undefined ? {} : { file: path }),
      ...(line === undefined ? {} : { startLine: line }),
      ...(column === undefined ? {} : { startColumn: column }),
    });
  },
  setOutput: core.setOutput,
  summarize: (markdown) => core.summary.addRaw(markdown).write(),
};

/**
 * One line that is no workflow command: those start with `::`, or in their old form with `##[` anywhere (actions/runner,
 * ActionCommand.cs). File names and values come from strangers, and `core.info` prints what it is given.
 */
export function harmlessLine(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :');
}
