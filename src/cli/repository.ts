import { findRepository } from '../workspace/git-commit.ts';

/** The root of the repository that a command needs; `purpose` says what for: `init sets up a git repository`. */
export async function repositoryFor(purpose: string, directory: string): Promise<string> {
  return findRepository(directory).catch((cause: unknown) => {
    throw new Error(`${purpose}, and found none here`, { cause });
  });
}
