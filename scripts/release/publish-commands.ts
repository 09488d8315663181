/** What a release publishes: a command and its arguments each, in order. The tag that users name moves last. */
export function publishCommands(
  version: string,
  { npmPackage, wheel }: { readonly npmPackage: string; readonly wheel: string },
): readonly (readonly [string, ...string[]])[] {
  const tag = `v${version}`;
  const major = tag.slice(0, tag.indexOf('.'));
  const image = 'ghcr.io/scalegate/scalegate';
  return [
    ['npm', 'publish', '--provenance', '--access', 'public', npmPackage],
    ['pipx', 'run', 'uv', 'publish', '--trusted-publishing', 'always', wheel],
    ['docker', 'build', '--tag', `${image}:${version}`, '.'],
    ['docker', 'push', `${image}:${version}`],
    ['gh', 'release', 'create', tag, npmPackage, wheel, '--verify-tag', '--generate-notes'],
    ['git', 'tag', '--force', major, tag],
    ['git', 'push', '--force', 'origin', `refs/tags/${major}`],
  ];
}
