import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import type { Figure } from '../plan.ts';
import type { Above } from './above.ts';
import type { FigureMeaning } from './meaning.ts';
import { quantitiesIn } from './read-cell.ts';

/** Hours of nodes are GPU-hours where the table says how many GPUs a node has, and a problem where it does not. */
export function deriveFromNodes(
  figures: ReadonlyMap<FigureMeaning, Figure>,
  { gpusPerNode }: Above,
  keep: (meaning: FigureMeaning, figure: Figure) => void,
  problems: Problem[],
  key: string,
): void {
  const nodeHours = figures.get('nodeHours');
  if (nodeHours === undefined || figures.has('gpuHours')) return;
  if (gpusPerNode !== null) {
    keep('gpuHours', times(nodeHours, gpusPerNode, `${nodeHours.text} × ${gpusPerNode} GPUs a node`));
    return;
  }
  const message = `${showText(nodeHours.text)} are hours of nodes, and nothing says how many GPUs a node has.`;
  problems.push({
    code: 'unknown-node',
    place: nodeHours.place,
    key,
    message,
    hint: 'Write GPU-hours, or "8 GPUs per node" above the table.',
  });
}

function times(figure: Figure, factor: number, text: string): Figure {
  return { ...figure, value: figure.value * factor, ...(figure.low == null ? {} : { low: figure.low * factor }), text };
}

/** How far GPU-hours may be from time × GPUs: both are rounded. */
const tolerance = 0.25;

/** Time on N GPUs is GPU-hours; where both stand they must agree, else neither is believed. */
export function settleHours(figures: Map<FigureMeaning, Figure>, key: string, problems: Problem[]): void {
  const [wall, count, stated] = [figures.get('wallClock'), figures.get('gpuCount'), figures.get('gpuHours')];
  const isElapsed = stated !== undefined && count !== undefined && count.value > 1 && elapsedIn(stated);
  if (isElapsed) {
    figures.delete('gpuHours');
    figures.set('wallClock', stated);
    problems.push(
      contradiction(
        stated,
        `${showText(stated.text)} is time that passed, and ${count.value} GPUs make more GPU-hours of it.`,
        key,
      ),
    );
    return;
  }
  if (wall === undefined || count === undefined) return;
  const product = times(wall, count.value, `${wall.text} × ${count.value} GPUs`);
  if (stated === undefined) {
    figures.set('gpuHours', product);
    return;
  }
  const isMeeting =
    (stated.low ?? stated.value) <= product.value * (1 + tolerance) &&
    (product.low ?? product.value) <= stated.value * (1 + tolerance);
  if (isMeeting || stated.isOpen === true || product.isOpen === true) return;
  figures.delete('gpuHours');
  const hours = product.value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
  problems.push(
    contradiction(
      stated,
      `${showText(stated.text)} is not what ${showText(wall.text)} on ${count.value} GPUs make: ${hours} GPU-hours.`,
      key,
    ),
  );
}

/** The GPU-hours of a row that states any of the three. */
export function settledHours(
  stated: Readonly<Record<'wallClock' | 'gpuCount' | 'gpuHours', Figure | null>>,
  key: string,
): { gpuHours: Figure | null; problems: readonly Problem[] } {
  const figures = new Map<FigureMeaning, Figure>();
  for (const meaning of ['wallClock', 'gpuCount', 'gpuHours'] as const) {
    const figure = stated[meaning];
    if (figure !== null) figures.set(meaning, figure);
  }
  const problems: Problem[] = [];
  settleHours(figures, key, problems);
  return { gpuHours: figures.get('gpuHours') ?? null, problems };
}

/** `71.0 h (255,600s)`: the seconds say that it is time, not GPU-hours. */
function elapsedIn({ text, value }: Figure): boolean {
  return quantitiesIn(text).some(
    ({ inBrackets, unit, high }) =>
      inBrackets && unit?.kind === 'time' && high !== null && Math.abs(high * unit.hours - value) <= 0.02 * value,
  );
}

function contradiction({ place }: Figure, message: string, key: string): Problem {
  return {
    code: 'contradiction',
    place,
    key,
    message,
    hint: 'Correct one of them; until then the row has no GPU-hours.',
  };
}
