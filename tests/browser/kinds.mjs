// One page of each kind, from the fixture.

export const PAGES = {
  home: '/',
  category: '/toy-schedulers/',
  'category-of-gaps': '/mist-schedulers/',
  framework: '/toy-schedulers/zorble/',
  'framework-with-gaps': '/toy-schedulers/quillfern/',
  compare: '/toy-schedulers/compare/',
  evidence: '/toy-schedulers/evidence/',
  data: '/toy-schedulers/data/trips/?sort=-p50_ms',
  sources: '/toy-schedulers/sources/',
  document: '/handbook/',
  wide: '/wide/',
  folder: '/notes/field-trip/',
  search: '/search?q=carrier',
  'search-without-hit': '/search?q=xylophone',
  'not-found': '/toy-schedulers/zorbel/',
};

/** The status that a page answers with. */
export function statusOf(name) {
  return name === 'not-found' ? 404 : 200;
}
