import type { Document } from '../../document/document.ts';
import type { Format, ReadResult } from '../format.ts';
import { huggingfaceTrainer } from '../huggingface-trainer/index.ts';
import { spell } from '../huggingface-trainer/spell.ts';
import { readListingUnread } from '../not-read.ts';
import { nameFromPath } from '../run-name.ts';
import { callsIn } from '../python-program.ts';
import { argumentsOfProgram } from './program-arguments.ts';

/** Programs in Python that train with the Hugging Face Trainer, trl or unsloth, as far as their arguments are literal. */
export const huggingfacePython: Format = {
  name: 'huggingface-python',
  title: 'Hugging Face Trainer, TRL and unsloth in Python',
  syntaxes: ['python'],
  signature: [],
  recognize: (document) => argumentsOfProgram(callsIn(document)) !== null,
  references: (document) => {
    const stated = argumentsOfProgram(callsIn(document));
    return stated === null ? [] : huggingfaceTrainer.references(stated);
  },
  read,
  spell,
};

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const stated = argumentsOfProgram(callsIn(document));
  if (stated === null) return { run: null, problems: [] };
  const { run, problems } = readListingUnread(stated, (watched) => huggingfaceTrainer.read(watched, referenced));
  if (run === null) return { run, problems };
  return { run: { ...run, dialect: 'huggingface-python', name: nameFromPath(document.path) }, problems };
}
