import type { FileContent } from '../core/source-file.ts';

/**
 * Bytes beyond which a file is not read, wherever it is read from. GitHub's GraphQL API gives the text of a file up to
 * 512 kB (`Blob.isTruncated`), and a training config has a hundredth of that.
 */
const maxFileBytes = 500_000;

const kinds: Readonly<Record<string, string>> = {
  '120000': 'is a symbolic link, which scalegate does not follow',
  '160000': 'is a submodule, whose files are in another repository',
  '040000': 'is a folder',
};

/** Why what Git holds under this mode (`100644`, `120000`, …) and size is not read; null when it is. */
export function whyUnreadable(mode: string, byteSize: number | null): FileContent | null {
  const kind = kinds[mode];
  if (kind !== undefined) return { unreadable: kind };
  if (byteSize === null || byteSize <= maxFileBytes) return null;
  return { unreadable: `is ${byteSize} bytes long; files up to ${maxFileBytes} bytes are read` };
}

/** The content of a text file. The pointer that Git LFS leaves in place of a file is not that file. */
export function contentOf(text: string): FileContent {
  // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: the version line is the first of every pointer
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    return { unreadable: 'is stored in Git LFS; only its pointer is in the repository' };
  }
  return { text };
}

/** What is said of a file that holds bytes other than text. */
export const binaryContent: FileContent = { unreadable: 'is a binary file' };
