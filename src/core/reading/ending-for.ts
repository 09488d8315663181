import { parseDocument } from '../document/parse-document.ts';
import { recognize, type OwnFormats } from './recognize.ts';

/** In the order in which they are tried: what reads as JSON or TOML reads as nothing else, and YAML takes much. */
const endings = ['.json', '.toml', '.yaml', '.sh', '.py'] as const;

/**
 * The ending that a text without a file name would have: the one with which it is a training config, of a dialect that
 * is known rather than guessed; `.yaml` where there is none.
 */
export function endingFor(text: string, own: OwnFormats = []): string {
  const read = endings.flatMap((ending) => {
    const { document } = parseDocument(`config${ending}`, text);
    const format = document === null ? null : recognize(document, own);
    return format === null ? [] : [{ ending, isGuess: format.guesses === true }];
  });
  return (read.find(({ isGuess }) => !isGuess) ?? read[0])?.ending ?? '.yaml';
}
