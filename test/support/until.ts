import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what another process or a real timer brings about, and says what it waited for when it does not come. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s in vain until ${what}`);
    await sleep(5);
  }
}
