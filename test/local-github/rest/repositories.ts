import { nodeId } from './json/account.ts';
import { fullRepositoryJson } from './json/repository.ts';
import { found, type RestHandler } from './rest-request.ts';

export const getRepository: RestHandler = ({ repository, urls }) => {
  return { status: 200, body: fullRepositoryJson(repository, urls) };
};

/** GitHub gives at most 100,000 entries and then says `truncated`. */
const treeEntryLimit = 100_000;

export const getTree: RestHandler = async (request) => {
  const { limits, repository, urls } = request;
  const revision = request.text('tree_sha');
  const commit = await repository.git.resolve(revision);
  const sha = commit === null ? revision : (await repository.git.readCommit(commit)).tree;
  const object = await repository.git.object(sha);
  found(object?.type === 'tree' ? object : undefined);
  const all = [...(await repository.git.tree(sha)).values()];
  // Whatever the value, GitHub's page says, `0` and `false` included.
  const listed = request.has('recursive') ? all : all.filter(({ path }) => !path.includes('/'));
  const shown = listed.slice(0, limits.treeEntries ?? treeEntryLimit);
  const url = `${urls.api}/repos/${repository.fullName}/git`;
  const tree = shown.map(({ mode, oid, path, size, type }) => ({
    path,
    mode,
    type,
    sha: oid,
    ...(type === 'blob' ? { size } : {}),
    ...(type === 'commit' ? {} : { url: `${url}/${type}s/${oid}` }),
  }));
  return { status: 200, body: { sha, url: `${url}/trees/${sha}`, tree, truncated: shown.length < listed.length } };
};

/** References whose names start so: `heads/release-` finds `refs/heads/release-1`. */
export const listMatchingRefs: RestHandler = async (request) => {
  const { repository, urls } = request;
  const url = `${urls.api}/repos/${repository.fullName}/git`;
  const references = await repository.git.references(`refs/${request.text('ref')}`);
  const body = references.map(({ name, oid }) => ({
    ref: name,
    node_id: nodeId('Ref', name),
    url: `${url}/${name}`,
    object: { type: 'commit', sha: oid, url: `${url}/commits/${oid}` },
  }));
  return { status: 200, body };
};

/** The rules of all rulesets that hold for a branch, each by itself. */
export const getBranchRules: RestHandler = (request) => {
  const { repository } = request;
  const branch = request.text('branch');
  const holding = repository.rules.filter(({ branches }) => branches?.includes(branch) ?? true);
  const body = holding.flatMap(({ checks = [], mergeQueue = false }, index) => {
    const ruleset = { ruleset_source_type: 'Repository', ruleset_source: repository.fullName, ruleset_id: index + 1 };
    const required = checks.map(({ name, source }) => {
      return { context: name, ...(source === null ? {} : { integration_id: source.id }) };
    });
    return [
      ...(required.length === 0
        ? []
        : [
            {
              type: 'required_status_checks',
              parameters: { ...usualChecks, required_status_checks: required },
              ...ruleset,
            },
          ]),
      ...(mergeQueue ? [{ type: 'merge_queue', parameters: usualQueue, ...ruleset }] : []),
    ];
  });
  return { status: 200, body };
};

const usualChecks = { do_not_enforce_on_create: false, strict_required_status_checks_policy: false };

/** What GitHub's settings begin with. */
const usualQueue = {
  check_response_timeout_minutes: 60,
  grouping_strategy: 'ALLGREEN',
  max_entries_to_build: 5,
  max_entries_to_merge: 5,
  merge_method: 'MERGE',
  min_entries_to_merge: 1,
  min_entries_to_merge_wait_minutes: 5,
};
