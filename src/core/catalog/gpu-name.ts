/** A GPU's name taken apart: `NVIDIA H100 80GB HBM3` is chip `h100`, 80 GiB, memory type `hbm3`. */
export interface GpuName {
  readonly chip: string;
  readonly formFactor: 'sxm' | 'pcie' | 'nvl' | null;
  readonly memoryType: string | null;
  readonly memoryGib: number | null;
}

const longest = 200;

/**
 * Reads a GPU's name, however it is spelled. In parentheses only memory and form factor are read, the rest is remarks.
 * Words that are no part of a known name stay in `chip`, so that no catalog entry matches it: `RTX 3090 Ti` is no RTX
 * 3090. Null for a name with two sizes of memory, or with nothing but memory and form factor.
 */
export function readGpuName(text: string): GpuName | null {
  const [name = '', ...remarks] = text.slice(0, longest).toLowerCase().split('(');
  const words = wordsOf(name);
  const all = [...words, ...wordsOf(remarks.join(' '))];
  const sizes = all.map(memoryOf).filter((size) => size !== null);
  // "RTX" is said or left out as one likes: RTX4090, 4090
  const chip = words
    .filter((word) => !isDetail(word) && !decoration.has(word))
    .join('')
    .replace(/^rtx/, '');
  if (chip === '' || sizes.length > 1) return null;
  return {
    chip,
    formFactor: all.map(formFactorOf).find((form) => form !== null) ?? null,
    memoryType: all.find((word) => memoryType.test(word)) ?? null,
    memoryGib: sizes[0] ?? null,
  };
}

/** Words with the unit joined to its number: `80 GB` is one word. */
function wordsOf(text: string): string[] {
  return text
    .replace(/(\d) +(gi?b)(?![a-z])/g, '$1$2')
    .split(/[\s_\-/,()]+/)
    .filter((word) => word !== '');
}

/** Vendors, brands and boards that say nothing about the chip. */
const decoration = new Set([
  'nvidia',
  'amd',
  'intel',
  'google',
  'cloud',
  'aws',
  'tesla',
  'geforce',
  'quadro',
  'radeon',
  'instinct',
  'tensor',
  'core',
  'gpu',
  'hgx',
  'dgx',
  'oam',
  'nvl72',
]);

const memoryType = /^(?:hbm|gddr)\d+[ex]?$/;

function isDetail(word: string): boolean {
  return memoryOf(word) !== null || formFactorOf(word) !== null || memoryType.test(word);
}

function memoryOf(word: string): number | null {
  const match = /^(\d+(?:\.\d+)?)gi?b?$/.exec(word);
  return match === null ? null : Number(match[1]);
}

function formFactorOf(word: string): GpuName['formFactor'] {
  if (/^sxm\d?$/.test(word)) return 'sxm';
  if (/^pcie\d?$/.test(word)) return 'pcie';
  return word === 'nvl' ? 'nvl' : null;
}
