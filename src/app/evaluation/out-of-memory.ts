/**
 * An evaluation that was ended since it took more memory than there is for one: another try would take as much. V8 can end
 * a thread for it as long as it grows by small objects; one that asks for a huge piece at once ends the process, and the
 * queue counts the try.
 */
export class OutOfMemory extends Error {
  override name = 'OutOfMemory';

  constructor(megabytes: number) {
    super(`the evaluation took more than ${megabytes} MB of memory and was ended`);
  }
}
