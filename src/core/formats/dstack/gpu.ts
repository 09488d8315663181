/** What a task asks for: a range leaves its figure open. */
export interface AskedGpu {
  readonly name: string | null;
  readonly memoryGib: number | null;
  readonly count: number | null;
  /** A GPU is asked for, and nothing says how many: dstack takes one. */
  readonly isOne: boolean;
}

const none: AskedGpu = { name: null, memoryGib: null, count: null, isOne: false };

/** `H100:8`, `A100:80GB:2`, `24GB`, `1..8`, or the same as keys (dstack docs, "Resources"). */
export function readGpu(written: unknown): AskedGpu {
  if (typeof written === 'number') return { ...none, count: written };
  if (typeof written === 'string') return readParts(written.split(':'));
  if (typeof written !== 'object' || written === null) return none;
  const { name, memory, count } = written as Readonly<Record<string, unknown>>;
  const [only, other] = Array.isArray(name) ? (name as unknown[]) : [name];
  const parts = [other === undefined ? only : undefined, memory, count];
  return readParts(parts.filter((part) => part !== undefined && part !== null).map(String));
}

function readParts(parts: readonly string[]): AskedGpu {
  let asked: AskedGpu = { ...none, isOne: parts.length > 0 };
  for (const part of parts.map((text) => text.trim())) {
    const memory = /^(\d{1,5})(?:GB|GiB)$/i.exec(part)?.[1];
    if (memory !== undefined) asked = { ...asked, memoryGib: Math.max(1, Number(memory)) };
    else if (/^\d{1,6}$/.test(part)) asked = { ...asked, count: Number(part), isOne: false };
    else if (/^(?:\d+)?\.\.(?:\d+)?$/.test(part)) asked = { ...asked, isOne: false };
    // Several names are alternatives, and a range of memory is a wish.
    else if (/^[a-z][\w.-]*$/i.test(part)) asked = { ...asked, name: part };
  }
  return asked;
}
