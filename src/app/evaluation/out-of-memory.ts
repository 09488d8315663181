/** An evaluation that was ended since it took more memory than there is for one: another try would take as much. */
export class OutOfMemory extends Error {
  override name = 'OutOfMemory';

  constructor(megabytes: number) {
    super(`the evaluation took more than ${megabytes} MB of memory and was ended`);
  }
}
