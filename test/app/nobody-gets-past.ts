import type { LocalGitHub } from '../local-github/local-github.ts';

/**
 * What must hold at every instant, whatever the story: a pull request that GitHub would merge is one of which the App's
 * newest check says that it passes, and the same holds for every other open pull request with that head.
 */
export function whoGetsPast(github: LocalGitHub): string[] {
  return github.pullRequests().flatMap((pullRequest) => {
    const { headSha, number, obstacle, repository } = pullRequest;
    if (obstacle !== null || repository.rules.length === 0) return [];
    const runs = repository.checkSuites.filter((suite) => suite.headSha === headSha).flatMap((suite) => suite.runs);
    const sharing = repository.pullRequests.filter((other) => other.state === 'open' && other.headSha === headSha);
    return sharing.flatMap((other) => {
      const own = runs.filter(({ externalId }) => externalId.split(' ')[1] === String(other.number)).at(-1);
      if (own?.conclusion === 'success') return [];
      return [
        `${repository.fullName}#${number} could be merged, and #${other.number} is ${own?.conclusion ?? 'unseen'}`,
      ];
    });
  });
}
