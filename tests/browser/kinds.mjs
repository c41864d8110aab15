// The pages that are looked at.

/** One page of each kind, from the fixture. */
export const PAGES = {
  home: '/',
  category: '/toy-schedulers/',
  'category-of-gaps': '/mist-schedulers/',
  framework: '/toy-schedulers/zorble/',
  'framework-with-gaps': '/toy-schedulers/quillfern/',
  compare: '/toy-schedulers/compare/',
  'compare-pair': '/toy-schedulers/compare/?f=zorble,quillfern&must=Bowls>3',
  'compare-rows': '/toy-schedulers/compare/?as=rows&q=owl',
  'compare-paper': '/toy-schedulers/compare/?as=paper',
  'compare-embed': '/toy-schedulers/compare/?embed=1',
  'compare-empty': '/toy-schedulers/compare/?f=zorble&must=Bowls>99',
  choose: '/toy-schedulers/choose/?w=architecture:3&must=Retries+marbles:yes',
  evidence: '/toy-schedulers/evidence/',
  'evidence-broken': '/toy-schedulers/broken/',
  data: '/toy-schedulers/data/trips/?sort=-p50_ms',
  sources: '/toy-schedulers/sources/',
  document: '/handbook/',
  wide: '/wide/',
  folder: '/notes/field-trip/',
  search: '/search?q=carrier',
  'search-answer': '/search?q=scheduler&group=framework',
  'search-blank': '/search',
  marked: '/toy-schedulers/zorble/?mark=owl+carriers',
  status: '/_status',
  'search-without-hit': '/search?q=xylophone',
  'not-found': '/toy-schedulers/zorbel/',
};

/** Pages of the research, which are longer than those of the fixture. */
export const RESEARCH = {
  home: '/',
  category: '/distributed-computing-frameworks/',
  framework: '/distributed-computing-frameworks/ray/',
  compare: '/distributed-computing-frameworks/compare/',
  'compare-pair': '/distributed-computing-frameworks/compare/?f=ray,dask',
  choose: '/distributed-computing-frameworks/choose/',
  measurements: '/distributed-computing-frameworks/measurements/',
  data: '/distributed-computing-frameworks/data/round-trip/',
  sources: '/distributed-computing-frameworks/sources/',
  search: '/search?q=worker',
};

/** The status that a page answers with. */
export function statusOf(name) {
  return name === 'not-found' ? 404 : 200;
}
