import type { RestRequest } from './rest-request.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The Link header, where there is more than one page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** GitHub gives 30 items a page if not asked, and 100 at most however many are asked for. */
export function pageOf<Item>(all: readonly Item[], request: RestRequest): Page<Item> {
  const size = request.has('per_page') ? Math.min(Math.max(request.number('per_page'), 1), 100) : 30;
  const page = request.has('page') ? Math.max(request.number('page'), 1) : 1;
  const last = Math.max(Math.ceil(all.length / size), 1);
  return { items: all.slice((page - 1) * size, page * size), headers: linkHeader(request, page, last) };
}

function linkHeader({ url, urls }: RestRequest, page: number, last: number): Record<string, string> {
  const link = (relation: string, number: number) => {
    const address = new URL(urls.html + url.pathname + url.search);
    address.searchParams.set('page', String(number));
    return `<${address.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}
